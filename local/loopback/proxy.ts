/** A guard in front of an engine that answers everyone: the engine stands where nobody finds it. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { freePort } from '../processes/ports';
import type { Service } from '../processes/processes';
import { guarded } from './guard';

export interface Address {
  host: string;
  port: number;
}

export const urlOf = ({ host, port }: Address) => `http://${host}:${port}`;

/**
 * An address of this machine that no web page guesses: on Linux all of 127.0.0.0/8 is loopback, so that it has 39 bits. Elsewhere
 * the port alone is random.
 */
export async function hiddenAddress(): Promise<Address> {
  const octets = [127, randomInt(1, 255), randomInt(256), randomInt(1, 255)];
  return { host: process.platform === 'linux' ? octets.join('.') : '127.0.0.1', port: await freePort() };
}

interface Front {
  port: number;
  /** Whose pages may come, besides programs. */
  origins: readonly string[];
  engine: Address;
}

/** The service with a guard on this port, which forwards to its hidden address. Resolves once the guard listens. */
export async function behindGuard(service: Service, { port, origins, engine }: Front): Promise<Service> {
  const server = createServer(guarded(origins, (request, response) => void forward(request, response, engine)));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    ended: service.ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await service.stop();
    },
  };
}

/** Of one hop alone (RFC 9110, section 7.6.1), or the guard's to say. */
const ownHeaders = /^(?:connection|keep-alive|vary|access-control-.*)$/;

const withoutOwn = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.test(name)));

/** Where the engine does not answer, neither does this: whoever waits for it would take any answer for its own. */
async function forward(request: IncomingMessage, response: ServerResponse, engine: Address): Promise<void> {
  const { method, url: path, headers } = request;
  const onward = send({ ...engine, agent: false, method, path, headers: withoutOwn(headers) });
  response.once('close', () => onward.destroy());
  try {
    const [[answer]] = await Promise.all([
      once(onward, 'response') as Promise<[IncomingMessage]>,
      pipeline(request, onward),
    ]);
    response.writeHead(answer.statusCode ?? 502, withoutOwn(answer.headers));
    await pipeline(answer, response);
  } catch {
    response.destroy();
  }
}
