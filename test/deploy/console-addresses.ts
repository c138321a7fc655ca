/**
 * The deployed console at addresses of this machine: no name of AWS's leads to the emulator. Its function is told the emulator's in
 * place of AWS's, sign-in and sign-out may come back to this one, and pictures may be sent from it.
 */
import { CognitoIdentityProviderClient, UpdateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { createServer, request as forward } from 'node:http';
import * as z from 'zod/mini';
import { freePort } from '../../local/processes/ports';
import { uploadCors } from '../../resources/picture-rules';
import { clientSettings, stackName } from './account';
import type { EmulatedDeployment } from './deployed-stack';
import { bucketOfPictures } from './pictures';

const FunctionName = `${stackName}-console`;

const variables = z.looseObject({
  CONSOLE_CLIENT_ID: z.string(),
  CONSOLE_CLIENT_SECRET: z.string(),
  IMAGES_URL: z.string(),
});

export interface HostedConsole {
  url: string;
  /** What its cookies are sealed with. */
  clientSecret: string;
  /** Where its pictures are read from, by a name of AWS's. */
  imagesUrl: string;
}

export async function hostConsole(deployment: EmulatedDeployment): Promise<HostedConsole> {
  const url = await serveAtRoot(deployment.apiUrl);
  const { client, Bucket } = await bucketOfPictures();
  const CORSRules = uploadCors([url]);
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  const told = await tellAddresses({
    CONSOLE_URL: `${url}/console`,
    API_URL: deployment.apiUrl,
    HOSTED_UI_URL: deployment.cognitoUrl,
  });
  await new CognitoIdentityProviderClient(clientSettings()).send(
    // What is not named stays as it is here; on AWS it would go back to what is preset.
    new UpdateUserPoolClientCommand({
      UserPoolId: deployment.userPoolId,
      ClientId: told.CONSOLE_CLIENT_ID,
      CallbackURLs: [`${url}/console/app`],
      LogoutURLs: [`${url}/console`],
    }),
  );
  return { url, clientSecret: told.CONSOLE_CLIENT_SECRET, imagesUrl: told.IMAGES_URL };
}

/** Sets these variables of the console's function, and answers all that it has been deployed with. */
async function tellAddresses(addresses: Record<string, string>) {
  const lambda = new LambdaClient(clientSettings());
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...addresses };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  return variables.parse(Environment?.Variables);
}

/** A host whose paths are those of the stage, as the API's own is on AWS. Answers its address, which is there for as long as this process. */
async function serveAtRoot(apiUrl: string): Promise<string> {
  const { host, pathname } = new URL(apiUrl);
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const target = new URL(`${pathname}${url}`, apiUrl);
    const upstream = forward(target, { method, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    request.pipe(upstream);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${port}`;
}
