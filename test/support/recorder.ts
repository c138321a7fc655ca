/** A way to the API that keeps every byte of its answers, for the search at the end of the attacks. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { freePort } from '../../local/processes/ports';
import { type Service } from '../../local/processes/processes';
import { stopAtTheEnd } from './services';

/**
 * Passes connections on to `url` unchanged, and writes what comes back into `folder`, a file for each connection. Answers the
 * address to use instead of `url`.
 */
export async function recordAnswers(url: string, folder: string): Promise<string> {
  const { hostname, port: target } = new URL(url);
  mkdirSync(folder, { recursive: true });
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    count += 1;
    const api = connect(Number(target), hostname);
    api.pipe(createWriteStream(path.join(folder, `${count}.http`)));
    client.pipe(api).pipe(client);
    for (const [socket, other] of [
      [client, api],
      [api, client],
    ] as const) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      // An attack may break its connection off, and a database that is killed the other one.
      socket.on('error', () => other.destroy());
    }
  });
  const port = await freePort();
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  await new Promise<void>((resolve) => server.listen(port, hostname, resolve));
  const service: Service = {
    ended,
    stop: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await ended;
    },
  };
  stopAtTheEnd(service);
  return `http://${hostname}:${port}`;
}
