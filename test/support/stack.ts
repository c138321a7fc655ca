/** The running local stack, for tests that speak HTTP to it. */
import { readFileSync } from 'node:fs';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { StackInfo } from '../../deployment/stack-info';
import type { Answer } from './events';

export type Authorizer = StackInfo['authorizer'];

/** Where the stack with this authorizer keeps its files. */
export function folderOf(authorizer: Authorizer): string {
  const directory = process.env['STACKS_DIR'];
  if (!directory) throw new Error('test/support/start-stack.ts has not run');
  return path.join(directory, authorizer);
}

export const runningStack = (authorizer: Authorizer = 'jwt'): StackInfo =>
  JSON.parse(readFileSync(path.join(folderOf(authorizer), 'stack.json'), 'utf8')) as StackInfo;

interface HttpRequest {
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Sends a body as JSON. By the older client of Node, which takes half of the time that `fetch` does. */
export async function exchange(
  url: string,
  request: { method: string; headers: Record<string, string> },
  body: unknown,
) {
  // A connection of its own: servers end idle ones after five seconds, and a busy test would only find out by sending on one.
  const sent = sendRequest(url, { ...request, agent: false });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  return { response, text: await text(response) };
}

/** Sends a request to the API, and reads its answer. */
export async function send(baseUrl: string, method: string, path: string, options: HttpRequest = {}): Promise<Answer> {
  const { token, body } = options;
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
  };
  const { response, text } = await exchange(`${baseUrl}${path}`, { method, headers }, body);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** What an operator has, and no application: signed as the local pool wants it, which looks no further. */
const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
const isOfOperator = /^Admin|Groups?$|^ListUsers/;

/** Calls the user pool as Postman does: by the name of the operation, and unsigned unless it is an operator's. */
export async function cognito(
  stack: Pick<StackInfo, 'cognitoUrl'>,
  operation: string,
  parameters: object,
): Promise<Answer> {
  return send(stack.cognitoUrl, 'POST', '/', {
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...(isOfOperator.test(operation) ? signed : {}),
    },
    body: parameters,
  });
}

export const password = 'Local-pass-1234';

type UserPool = Pick<StackInfo, 'cognitoUrl' | 'clientId'>;

/** Signs a user up and confirms the sign-up, as a person would. */
export async function signUp(stack: UserPool, email: string): Promise<void> {
  const { clientId: ClientId } = stack;
  const UserAttributes = [{ Name: 'email', Value: email }];
  await cognito(stack, 'SignUp', { ClientId, Username: email, Password: password, UserAttributes });
  const confirmed = await cognito(stack, 'ConfirmSignUp', { ClientId, Username: email, ConfirmationCode: '123456' });
  if (confirmed.status !== 200) throw new Error(`ConfirmSignUp of ${email}: ${confirmed.status}`);
}

export interface Tokens {
  AccessToken: string;
  IdToken: string;
  RefreshToken: string;
}

export async function signIn(stack: UserPool, email: string): Promise<Tokens> {
  const { body } = await cognito(stack, 'InitiateAuth', {
    ClientId: stack.clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  return body.AuthenticationResult;
}
