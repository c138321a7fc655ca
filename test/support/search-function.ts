/** The search function in the process of a test file, invoked as Lambda's own API does it: import this, and it listens during the tests. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { handler } from '../../functions/search-products';
import type { Question } from '../../src/search/question';

const address = /^\/2015-03-31\/functions\/[\w-]+search-products\/invocations$/;

const server = createServer((request, response) => {
  void (async () => {
    const question = JSON.parse(await text(request)) as Question;
    if (request.method !== 'POST' || !address.test(request.url ?? '')) return response.writeHead(404).end();
    try {
      return response.end(JSON.stringify(await handler(question)));
    } catch (error) {
      // As Lambda has it: a function that fails is a 200.
      const failure = JSON.stringify({ errorMessage: String(error) });
      return response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(failure);
    }
  })();
});

beforeAll(async () => {
  server.listen(process.env['FUNCTION_SOCKET']);
  await once(server, 'listening');
});
afterAll(() => server.close());
