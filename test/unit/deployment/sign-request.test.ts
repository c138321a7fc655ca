/** What signRequest answers is what fetch sends, and a server that is no part of this project's code has received it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Failure } from '../../../deployment/failure';
import { signRequest } from '../../../deployment/sign-request';
import { freePort } from '../../../local/processes/ports';
import { verifySignature, type ReceivedRequest } from '../../../local/iam/signature';

const region = 'eu-central-1';
const credentials = {
  accessKeyId: 'ASIAMINE',
  secretAccessKey: 'secret',
  sessionToken: 'my/session+token==',
  expiresAt: new Date(Date.now() + 60_000),
};

let server: Server;
let apiUrl: string;

beforeAll(async () => {
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(request.headersDistinct).map(
    ([name, values]) => [name, values?.join(',') ?? ''] as const,
  );
  const { method = '', url: target = '' } = request;
  return { method, target, headers: new Map(headers), body: Buffer.concat(chunks) };
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function send(path: string, sent: Sent = {}): Promise<ReceivedRequest> {
  const received = new Promise<ReceivedRequest>((resolve, reject) => {
    server.once('request', (request, response) => {
      readRequest(request)
        .then(resolve, reject)
        .finally(() => response.end());
    });
  });
  await fetch(await signRequest(new Request(`${apiUrl}${path}`, sent), credentials, region));
  return received;
}

const signer = (request: ReceivedRequest) =>
  verifySignature(request, () => credentials, { region, service: 'execute-api' });

describe('signRequest', () => {
  it.each<[string, string, Sent]>([
    ['a GET', '/products', {}],
    ['a query with repeated and encoded keys', '/products?b=2&a=%C3%BC&b=1&ü ß=%26+c&d', {}],
    ['a question mark without a query', '/products?', {}],
    ['a path with any characters', `/products/a%2Fb%2f%20c d/ü+*!(1)'~;=@:$&,%/|^[]{}"<>\`\\x//y/../z/`, {}],
    ['a fragment', '/products#a', {}],
    ['a POST with a body that is not ASCII', '/products', { method: 'POST', body: '{"name":"Kaffee ☕"}' }],
    ['a body with half a character', '/products', { method: 'POST', body: '"\ud800"' }],
    ['an empty body', '/products', { method: 'PUT', body: '' }],
    ['headers in any case', '/products', { method: 'DELETE', headers: { 'If-Match': ' "1"', 'User-Agent': 'a' } }],
    ['a header twice', '/products', { headers: { 'X-Value': 'a', 'x-value': 'b' } }],
  ])('signs what fetch sends: %s', async (_, path, sent) => {
    expect(await signer(await send(path, sent))).toBe(credentials);
  });

  it('signs the host with its port, the token and all headers that were given', async () => {
    const { headers } = await send('/products', { headers: { 'If-Match': '"1"', 'User-Agent': 'a' } });
    expect(headers.get('host')).toBe(new URL(apiUrl).host);
    expect(headers.get('if-match')).toBe('"1"');
    expect(headers.get('authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=ASIAMINE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=host;if-match;user-agent;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
  });

  it('replaces a host, an authorization and a date that were given', async () => {
    const headers = { host: 'other', authorization: 'Bearer token', 'x-amz-date': 'yesterday' };
    expect(await signer(await send('/products', { headers }))).toBe(credentials);
  });

  it('leaves the port out where it is the default', async () => {
    const request = new Request('https://api.example.com:443/products');
    expect((await signRequest(request, credentials, region)).headers.get('host')).toBe('api.example.com');
  });

  it.each(['?sku=100%', '?sku=%ff', '?a&&b', '?a&', '?=a', '?X-Amz-Signature=1', '?__proto__=1'])(
    'throws for the query %s, which cannot be signed',
    async (query) => {
      const signing = signRequest(new Request(`${apiUrl}/products${query}`), credentials, region);
      await expect(signing).rejects.toThrow(Failure);
      await expect(signing).rejects.toThrow(`The query ${query} cannot be signed`);
    },
  );
});
