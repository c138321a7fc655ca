/** Where the browser comes back to after a sign-in: a server on this machine that takes one answer, and ends. */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import { Failure } from '../../deployment/failure';

interface Callback<Result> {
  /** What the answer carries to show which sign-in it belongs to. Whoever comes with another is told so, and waited past. */
  state: string;
  /** Called once the browser may come. */
  whenListening: () => void;
  /** Makes something of the address that the browser came to. Where it throws, the browser is told that it failed. */
  finish: (address: URL) => Promise<Result>;
}

/** Throws what `finish` throws, and `Failure` where the address is not of this machine or in use, or nobody comes. */
export async function receiveCallback<Result>(
  callbackUrl: string,
  { state, whenListening, finish }: Callback<Result>,
): Promise<Result> {
  const { protocol, hostname, port } = new URL(callbackUrl);
  if (protocol !== 'http:' || hostname !== 'localhost') {
    throw new Failure(
      `Whoever signs in is sent to ${callbackUrl}, where no command can wait: ` +
        'choose a stage whose parameter callbackUrl is http://localhost:<port>/<path>.',
    );
  }
  // Browsers take either address for localhost, and whatever listens on the other one must not get the code.
  const servers = new Map(['127.0.0.1', '::1'].map((host) => [host, createServer()]));
  try {
    const answer = answerTo(callbackUrl, state, [...servers.values()]);
    for (const [host, server] of servers) await listen(server, host, Number(port || 80));
    whenListening();
    const { address, response } = await Promise.race([answer, nobody()]);
    try {
      const result = await finish(address);
      await show(response, 200, 'You are signed in', 'The terminal shows who you are. You may close this window.');
      return result;
    } catch (error) {
      await show(response, 400, 'The sign-in failed', 'The terminal says why. You may close this window.');
      throw error;
    }
  } finally {
    for (const server of servers.values()) {
      server.close();
      // Browsers keep connections open, some before they have anything to ask.
      server.closeAllConnections();
    }
  }
}

interface Visit {
  address: URL;
  response: ServerResponse;
}

/** The first visit that belongs to the sign-in. Any page can send a browser here, and any name be led here. */
function answerTo(callbackUrl: string, state: string, servers: Server[]): Promise<Visit> {
  const { host, pathname } = new URL(callbackUrl);
  return new Promise((resolve) => {
    let visited = false;
    const onRequest: RequestListener = ({ method, url = '', headers }, response) => {
      if (visited || method !== 'GET' || url.split('?')[0] !== pathname) {
        void show(response, 404, 'Nothing is here', 'This address takes the answer to one sign-in.');
        return;
      }
      const address = new URL(url, callbackUrl);
      if (headers.host !== host || address.searchParams.get('state') !== state) {
        void show(
          response,
          400,
          'Not this sign-in',
          'This answer belongs to another sign-in: finish the one that has begun.',
        );
        return;
      }
      visited = true;
      resolve({ address, response });
    };
    for (const server of servers) server.on('request', onRequest);
  });
}

const minutes = 5;

const nobody = () =>
  new Promise<never>((_, reject) => {
    const giveUp = () =>
      reject(new Failure(`Nobody has signed in for ${minutes} minutes: start again with "npm run login".`));
    setTimeout(giveUp, minutes * 60_000).unref();
  });

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(new Failure(`Port ${port} is in use: end what listens there, and start again with "npm run login".`));
      } else if (host === '::1') {
        // Not every machine has IPv6.
        resolve();
      } else {
        reject(error);
      }
    });
    server.listen(port, host, resolve);
  });
}

/** Nothing of the request is in the page, and nothing on the page can load or send anything. */
async function show(response: ServerResponse, status: number, title: string, text: string): Promise<void> {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(
    `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
  );
  // Newer versions of Node throw where the browser has left.
  await finished(response).catch(() => undefined);
}
