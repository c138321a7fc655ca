/** The search function in the process of a test, invoked as Lambda's own API does it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Question } from '../../src/search/question';

const address = /^\/2015-03-31\/functions\/[\w-]+search-products\/invocations$/;

/** Listens where the lists of products look for it; answers how to stop. */
export async function listenForSearches(handler: (question: Question) => Promise<unknown>): Promise<() => void> {
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
  server.listen(process.env['FUNCTION_SOCKET']);
  await once(server, 'listening');
  return () => server.close();
}
