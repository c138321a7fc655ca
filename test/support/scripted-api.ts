/** An API on this machine that answers as a test says, for what the real one cannot be made to do at the right moment. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../local/processes/ports';

export interface ScriptedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The request is taken, and never answered. */
  hangUp?: boolean;
}

interface ScriptedRequest {
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

export interface ScriptedApi {
  url: string;
  requests: ScriptedRequest[];
  stop(): Promise<void>;
}

/** Asks `answer` for every request, in the order in which they come. */
export async function startScriptedApi(
  answer: (request: ScriptedRequest, number: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
): Promise<ScriptedApi> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      void Promise.resolve(answer(request, requests.length)).then(({ status, headers = {}, body, hangUp }) => {
        if (hangUp) incoming.socket.destroy();
        else response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
      });
    });
  });
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
