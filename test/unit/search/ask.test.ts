/** What the lists of products make of whatever Lambda, or the search function, answers them. */
import { createServer, type OutgoingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import { ask } from '../../../src/search/ask';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

async function answerWith(status: number, body: object, headers: OutgoingHttpHeaders = {}): Promise<void> {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(JSON.stringify(body)));
  });
  server.listen(process.env['FUNCTION_SOCKET']);
  await once(server, 'listening');
}

const question = { sort: 'name', limit: 1 } as const;
const busy = { code: 'busy' };

it('what the function has found is the answer', async () => {
  const reply = { hits: [], more: false, indexedAt: '2026-11-27T12:00:00.000Z' };
  await answerWith(200, reply);
  expect(await ask(question)).toEqual(reply);
});

it.each([
  ['Lambda has no room for another execution', 429, {}],
  ['Lambda itself fails', 500, {}],
  ['the function finds the table busy', 200, { busy: true }],
])('it is busy where %s', async (_, status, body) => {
  await answerWith(status, body);
  await expect(ask(question)).rejects.toMatchObject(busy);
});

it('it is busy where nobody can be reached', async () => {
  await expect(ask(question)).rejects.toMatchObject(busy);
});

it.each([
  [
    'the function has failed',
    200,
    { 'x-amz-function-error': 'Unhandled' },
    'The search function failed: {"token":"…"}',
  ],
  [
    'Lambda refuses to ask it',
    403,
    { 'x-amzn-errortype': 'InvalidSignatureException' },
    'Lambda answered 403: InvalidSignatureException',
  ],
])('it is an error of ours, and not busy, where %s', async (_, status, headers, message) => {
  await answerWith(status, { token: '…' }, headers);
  await expect(ask(question)).rejects.toThrow(new Error(message));
});
