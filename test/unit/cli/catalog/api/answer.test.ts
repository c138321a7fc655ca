/** Answers as they come from a server that is not, or not yet, the API of a catalogue. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf, NoAnswer, readToEnd } from '../../../../../cli/catalog/api/answer';
import { newCatalogue } from '../../../../../cli/catalog/api/catalogue';
import type { Fetch } from '../../../../../deployment/routes';
import { Failure } from '../../../../../deployment/failure';

let respond: RequestListener;
const server = createServer((request, response) => respond(request, response));
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = () => readToEnd(fetch)(new Request(`${url}/products`));

describe('readToEnd', () => {
  it('says in its own words that a success which is no JSON is none of this API', async () => {
    respond = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    await expect(ask()).rejects.toBeInstanceOf(Failure);
    await expect(ask()).rejects.not.toBeInstanceOf(NoAnswer);
    await expect(ask()).rejects.toThrow(
      `GET ${url}/products answered 200 with something unknown: is this the API of a catalogue, and of this version?`,
    );
  });

  it('returns a refusal that is no JSON', async () => {
    respond = (_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>');
    const answer = await ask();
    expect([answer.status, await bodyOf(answer)]).toEqual([502, undefined]);
  });

  it('throws NoAnswer where an answer ends before its end', async () => {
    respond = (_, response) => {
      response.writeHead(200, { 'content-length': '20' }).write('{"items":[', () => response.destroy());
    };
    await expect(ask()).rejects.toBeInstanceOf(NoAnswer);
    await expect(ask()).rejects.toThrow(/^no answer: /);
  });

  it('passes on why a request was not sent', async () => {
    const refuse: Fetch = () => Promise.reject(new Failure('It cannot be signed.'));
    await expect(readToEnd(refuse)(new Request(url))).rejects.toThrow(/^It cannot be signed\.$/);
  });
});

describe('newCatalogue', () => {
  let tries = 0;
  beforeEach(() => {
    tries = 0;
    respond = (request, response) => {
      if (request.url !== '/categories') return response.writeHead(200).end('{"items":[]}');
      tries += 1;
      return request.socket.destroy();
    };
  });

  // Eight tries would wait for half a minute in all.
  const neverShut = { close: () => undefined, pass: () => Promise.resolve() };
  const { GET } = newCatalogue('', readToEnd(fetch), neverShut);

  it('throws NoAnswer for a request that gets none in eight tries, when others are answered', async () => {
    const baseUrl = url;
    const outcome = GET('/categories', { baseUrl }).catch((error: unknown) => error);
    while (tries < 8) await GET('/products', { baseUrl });
    expect(await outcome).toEqual(new NoAnswer('no answer: UND_ERR_SOCKET'));
  });

  it('fails where no request gets one', async () => {
    await expect(GET('/categories', { baseUrl: url })).rejects.toEqual(
      new Failure('The API serves no request (no answer: UND_ERR_SOCKET): run the same again later.'),
    );
    expect(tries).toBe(8);
  });
});
