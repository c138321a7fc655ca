/** A server for one test, and requests to it whose headers say whatever the test wants, `host` included. */
import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Question {
  host?: string;
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface TestServer {
  port: number;
  ask(question: Question): Promise<Reply>;
  stop(): Promise<void>;
}

export async function startServer(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    ask: (question) => ask(port, question),
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

/** Sends a request to a port of this machine. */
export async function ask(port: number, { body = '', ...question }: Question): Promise<Reply> {
  const sent = request({ host: '127.0.0.1', port, agent: false, ...question });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
