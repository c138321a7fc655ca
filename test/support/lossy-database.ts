/** A way to the database on which replies to transactions get lost: the writes are done, and whoever asked does not hear of it. */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { freePort } from '../../local/processes/ports';
import { config } from '../../src/config';

interface Losses {
  /** How many replies get lost before the others come through. */
  count: number;
  /** What happens to the connection in place of a reply: it breaks, or stays as it is and silent. */
  connection: 'breaks' | 'stays';
}

/** Runs `act`, which finds the database there, and answers what it came to and how many replies were lost. */
export async function losingReplies<Result>(
  { count, connection }: Losses,
  act: (endpoint: string) => Promise<Result>,
): Promise<{ result: Result; lost: number }> {
  let lost = 0;
  const way = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const onward = httpRequest(new URL(url, config.dynamodbEndpoint), { method, headers }, (reply) => {
      const written = headers['x-amz-target'] === 'DynamoDB_20120810.TransactWriteItems' && reply.statusCode === 200;
      if (written && lost < count) {
        lost += 1;
        reply.resume();
        if (connection === 'breaks') request.socket.destroy();
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
