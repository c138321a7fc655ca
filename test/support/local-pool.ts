/** A local user pool of a test's own, in its process: with the mails that it sends and the events that its trigger gets. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { connect } from '../../deployment/user-pool';
import { clientId } from '../../local/cognito/clients';
import { confirmationCode, userPoolId } from '../../local/cognito/settings';
import { startUserPool } from '../../local/cognito/user-pool';
import { newFunctionSocket } from '../../local/loopback/functions';
import { freePort } from '../../local/processes/ports';
import { placePoolKey } from './pool-key';
import { cognito, password } from './stack';

export const shopOrigin = 'https://shop.example.com';
export const consoleUrl = 'https://admin.example.com/console';

export async function startLocalPool({ selfSignUp = true } = {}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-pool-'));
  placePoolKey(directory);
  const mails: { to: string; text: string }[] = [];
  const events: { triggerSource: string; userName: string; request: { userAttributes: Record<string, string> } }[] = [];
  /** What the trigger fails with, where a test wants it to. */
  const trigger = { failure: '' };
  const functions = createServer((request, response) => {
    void json(request).then((event) => {
      events.push(event as (typeof events)[number]);
      if (trigger.failure) response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(JSON.stringify(trigger.failure ? { errorMessage: trigger.failure, trace: ['at x.js'] } : event));
    });
  });
  const socket = newFunctionSocket();
  await once(functions.listen(socket.path), 'listening');

  const port = await freePort();
  const start = () =>
    startUserPool({
      directory: path.join(directory, 'cognito'),
      port,
      functionSocket: socket.path,
      consoleUrl,
      selfSignUp,
      origins: [shopOrigin],
      onMail: (to, text) => mails.push({ to, text }),
    });
  let service = await start();
  const cognitoUrl = `http://127.0.0.1:${port}`;
  const call = (operation: string, parameters: object) => cognito({ cognitoUrl }, operation, parameters);
  /** The answer of an operation that has to succeed. */
  const must = async (operation: string, parameters: object) => {
    const { status, body } = await call(operation, parameters);
    if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
    return body;
  };
  const admin = (operation: string, parameters: object) => must(operation, { UserPoolId: userPoolId, ...parameters });
  const client = (operation: string, parameters: object) => must(operation, { ClientId: clientId, ...parameters });
  /** An error's name and message, as the API gives them. */
  const refusal = async (operation: string, parameters: object) => {
    const { status, body } = await call(operation, { ClientId: clientId, UserPoolId: userPoolId, ...parameters });
    if (status !== 400) throw new Error(`${operation} answered ${status}`);
    return `${body.__type}: ${body.message}`;
  };

  return {
    directory,
    get consoleSecret() {
      return service.consoleSecret;
    },
    cognitoUrl,
    userPoolId,
    clientId,
    mails,
    events,
    trigger,
    call,
    admin,
    client,
    refusal,
    isCurrent: (sub: string, sessionId: string) => service.isCurrent(sub, sessionId),
    pool: connect({ apiUrl: '', userPoolId, clientId, region: 'eu-central-1', cognitoEndpoint: cognitoUrl }),

    /** Signs up, and answers the user's id. */
    signUp: async (email: string): Promise<string> =>
      (await client('SignUp', { Username: email, Password: password })).UserSub,
    /** Signs up and confirms with the code, and answers the user's id. */
    async join(email: string): Promise<string> {
      const sub = await this.signUp(email);
      await client('ConfirmSignUp', { Username: email, ConfirmationCode: confirmationCode });
      return sub;
    },
    /** The tokens of somebody who signs in with a password. */
    signIn: async (email: string, secret = password) =>
      (
        await client('InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: email, PASSWORD: secret },
        })
      ).AuthenticationResult,
    getUser: (name: string) => admin('AdminGetUser', { Username: name }),

    async restart(): Promise<void> {
      await service.stop();
      service = await start();
    },
    async stop(): Promise<void> {
      functions.close();
      functions.closeAllConnections();
      socket.remove();
      await service.stop();
    },
  };
}

export type LocalPool = Awaited<ReturnType<typeof startLocalPool>>;
