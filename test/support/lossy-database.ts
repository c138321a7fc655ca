/** A way to the database on which replies to transactions get lost: the writes are done, and whoever asked does not hear of it. */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { freePort } from '../../local/processes/ports';
import { config } from '../../src/config';

/**
 * Runs `act`, which finds the database there, and answers what it came to and how many replies were lost: the first `count`, in whose
 * place `onLoss` is called and the connection breaks.
 */
export async function losingReplies<Result>(
  count: number,
  act: (endpoint: string) => Promise<Result>,
  onLoss: () => void = () => undefined,
): Promise<{ result: Result; lost: number }> {
  let lost = 0;
  const way = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const onward = httpRequest(new URL(url, config.dynamodbEndpoint), { method, headers }, (reply) => {
      const written = headers['x-amz-target'] === 'DynamoDB_20120810.TransactWriteItems' && reply.statusCode === 200;
      if (written && lost < count) {
        lost += 1;
        reply.resume();
        onLoss();
        request.socket.destroy();
      } else {
        response.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(response);
      }
    });
    request.pipe(onward);
  });
  const port = await freePort();
  way.listen(port, '127.0.0.1');
  await once(way, 'listening');
  try {
    return { result: await act(`http://127.0.0.1:${port}`), lost };
  } finally {
    way.closeAllConnections();
    way.close();
  }
}
