/** A way to the database on which replies to transactions get lost: the writes are done, and whoever asked does not hear of it. */
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { freePort } from '../../local/processes/ports';
import { config } from '../../src/config';

export interface LossyDatabase {
  endpoint: string;
  /** So many of the next replies get lost: the connection breaks in their place, after `onLoss`. */
  lose(count: number, onLoss?: () => void): void;
  /** How many have got lost since then. */
  lost(): number;
  stop(): void;
}

export async function lossyDatabase(): Promise<LossyDatabase> {
  let [lost, most, told] = [0, 0, () => {}];
  const way = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const onward = httpRequest(new URL(url, config.dynamodbEndpoint), { method, headers }, (reply) => {
      const written = headers['x-amz-target'] === 'DynamoDB_20120810.TransactWriteItems' && reply.statusCode === 200;
      if (written && lost < most) {
        lost += 1;
        reply.resume();
        told();
        request.socket.destroy();
      } else {
        response.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(response);
      }
    });
    request.pipe(onward);
  });
  // No connection breaks but by a loss.
  way.keepAliveTimeout = 0;
  const port = await freePort();
  way.listen(port, '127.0.0.1');
  await once(way, 'listening');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    lose(count, onLoss = () => {}) {
      [lost, most, told] = [0, count, onLoss];
    },
    lost: () => lost,
    stop() {
      way.closeAllConnections();
      way.close();
    },
  };
}
