/** What functions make of a Cognito that cannot answer: a server here plays it, over real HTTP. */
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../../local/processes/ports';
import { withinDeadline } from '../../../src/deadline';
import type { Pool } from '../../../src/users/pool';

let reply: { status: number; name: string };
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  request.resume();
  response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: reply.name, message: reply.name }));
});
let pool: Pool;

beforeAll(async () => {
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  process.env['COGNITO_ENDPOINT'] = `http://127.0.0.1:${port}`;
  process.env['TOKEN_ISSUER'] = `http://127.0.0.1:${port}/eu-central-1_pool`;
  ({ pool } = await import('../../../src/users/user-pool'));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

// The pause before another try is a part of some time, and which part is left to chance.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** The error of a read, within so many milliseconds, and how many requests it took. */
async function failureOf(status: number, name: string, milliseconds = 60_000): Promise<[unknown, number]> {
  reply = { status, name };
  requests = 0;
  const command = new AdminGetUserCommand({ UserPoolId: pool.userPoolId, Username: 'jo' });
  const error = await withinDeadline(milliseconds, () => pool.client.send(command)).catch((thrown: unknown) => thrown);
  return [error, requests];
}

const busy = expect.objectContaining({ name: 'ApplicationError', code: 'busy' });

it.each([
  ['throttling', 400, 'TooManyRequestsException'],
  ['an error inside Cognito', 500, 'InternalErrorException'],
  ['a limit of the day', 400, 'LimitExceededException'],
])('is busy after three tries for %s', async (_, status, name) => {
  expect(await failureOf(status, name)).toEqual([busy, 3]);
});

it('is not busy for what trying again would not change', async () => {
  const [error, tries] = await failureOf(400, 'NotAuthorizedException');
  expect([error, tries]).toEqual([expect.objectContaining({ name: 'NotAuthorizedException' }), 1]);
});

it('asks nothing when no try could end before the deadline', async () => {
  const [error, tries] = await failureOf(400, 'NotAuthorizedException', 1_900);
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  expect([reason, tries]).toEqual([expect.objectContaining({ name: 'DeadlineError' }), 0]);
});
