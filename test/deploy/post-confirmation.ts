/**
 * Stands before the emulator's Cognito and does the one thing that it leaves out: whoever confirms a sign-up is first put
 * before the pool's PostConfirmation trigger, and is refused when that fails.
 */
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import type { Deployment } from '../../cli/deployment';
import { freePort } from '../../local/processes';
import { clientSettings, region } from './account';

const confirmations = ['ConfirmSignUp', 'AdminConfirmSignUp'];
const confirmation = z.object({ Username: z.string() });

/** Answers the address, which is there for as long as this process lives. */
export async function startPostConfirmation(endpoint: string, deployment: Deployment): Promise<string> {
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await buffer(request);
      const upstream = await pass(endpoint, request, body);
      const content = await buffer(upstream);
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      if (upstream.statusCode === 200 && confirmations.includes(operation)) {
        const { Username } = confirmation.parse(JSON.parse(body.toString()));
        const failure = await runTrigger(deployment, Username);
        if (failure !== undefined) {
          const problem = { __type: 'UserLambdaValidationException', message: failure };
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(problem));
          return;
        }
      }
      response.writeHead(upstream.statusCode ?? 502, upstream.headers).end(content);
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${port}`;
}

/** The host stays as the client has signed it. */
function pass(
  endpoint: string,
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    forward(new URL(url, endpoint), { method, headers }, resolve).once('error', reject).end(body);
  });
}

/** Invokes the trigger with Cognito's event. Answers what went wrong, if something did. */
async function runTrigger({ userPoolId, clientId }: Deployment, email: string): Promise<string | undefined> {
  const cognito = new CognitoIdentityProviderClient(clientSettings());
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  const { Username, UserAttributes = [] } = await cognito.send(
    new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }),
  );
  const event = {
    version: '1',
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    region,
    userPoolId,
    userName: Username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request: { userAttributes: Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])) },
    response: {},
  };
  const { FunctionError, Payload } = await new LambdaClient(clientSettings()).send(
    new InvokeCommand({
      FunctionName: UserPool?.LambdaConfig?.PostConfirmation,
      Payload: JSON.stringify(event),
    }),
  );
  return FunctionError && `PostConfirmation failed with error ${Buffer.from(Payload ?? []).toString()}`;
}
