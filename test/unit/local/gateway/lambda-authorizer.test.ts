import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { lambdaAuthorizer } from '../../../../local/gateway/lambda-authorizer';
import { newFunctionSocket } from '../../../../local/loopback/functions';

const allow = { isAuthorized: true, context: { sub: 'user-1', groups: '["admin"]' } };
const deny = { isAuthorized: false };

/** The function, whose answer a test sets, and what it has been asked. */
const authorizeFunction = { answer: allow as unknown, status: 200, headers: {} as Record<string, string> };
const questions: { path: string | undefined; event: Record<string, unknown> }[] = [];
const socket = newFunctionSocket();
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    void json(request).then((event) => {
      questions.push({ path: request.url, event: event as Record<string, unknown> });
      const { status, headers, answer } = authorizeFunction;
      response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await once(server.listen(socket.path), 'listening');
});
beforeEach(() => {
  questions.splice(0);
  Object.assign(authorizeFunction, { answer: allow, status: 200, headers: {} });
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  server.close();
  socket.remove();
});

const request = (authorization?: string, routeKey = 'GET /products') => {
  const [method = '', path = ''] = routeKey.split(' ');
  const headers = new Map([
    ['accept', '*/*'],
    ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
  ]);
  return { method, target: `${path}?limit=5&a=?`, headers, body: new Uint8Array(), routeKey, requestId: 'request-1' };
};
const authorizer = (cacheSeconds = 0) => lambdaAuthorizer({ functionSocket: socket.path, cacheSeconds });

describe('lambdaAuthorizer', () => {
  it('adds the context of an allow', async () => {
    expect(await authorizer()(request('Bearer token'))).toEqual({ context: { lambda: allow.context } });
  });

  it('answers 403 for a deny', async () => {
    authorizeFunction.answer = deny;
    expect(await authorizer()(request('Bearer token'))).toEqual({ status: 403 });
  });

  it('asks as API Gateway does (payload 2.0)', async () => {
    await authorizer()(request('Bearer token', 'POST /products'));
    expect(questions).toEqual([
      {
        path: '/2015-03-31/functions/admin-catalog-local-authorize/invocations',
        event: {
          version: '2.0',
          type: 'REQUEST',
          routeArn: 'arn:aws:execute-api:eu-central-1:000000000000:local/$default/POST/products',
          identitySource: ['Bearer token', 'POST /products'],
          routeKey: 'POST /products',
          rawPath: '/products',
          rawQueryString: 'limit=5&a=?',
          headers: { accept: '*/*', authorization: 'Bearer token' },
          requestContext: {
            http: { method: 'POST', path: '/products', protocol: 'HTTP/1.1' },
            requestId: 'request-1',
            routeKey: 'POST /products',
            stage: '$default',
            timeEpoch: expect.any(Number),
          },
        },
      },
    ]);
  });

  it.each([undefined, ''])('answers 401 without asking where the header is %j', async (authorization) => {
    expect(await authorizer(300)(request(authorization))).toEqual({ status: 401 });
    expect(questions).toEqual([]);
  });

  it.each<[string, Partial<typeof authorizeFunction>]>([
    ['throws', { headers: { 'x-amz-function-error': 'Unhandled' } }],
    ['is not there', { status: 404 }],
    ['answers no JSON', { answer: 'no JSON' }],
    ['decides nothing', { answer: {} }],
    ['says yes in a word', { answer: { ...allow, isAuthorized: 'true' } }],
    ['allows without a context', { answer: { isAuthorized: true } }],
    ['gives a context that is no text', { answer: { isAuthorized: true, context: { groups: ['admin'] } } }],
  ])('answers 500 where the function %s, and keeps nothing', async (_, behaviour) => {
    const authorize = authorizer(300);
    Object.assign(authorizeFunction, behaviour);
    expect(await authorize(request('Bearer token'))).toEqual({ status: 500 });
    Object.assign(authorizeFunction, { answer: allow, status: 200, headers: {} });
    expect(await authorize(request('Bearer token'))).toMatchObject({ context: {} });
  });

  it('answers 500 where nobody answers', async () => {
    const alone = lambdaAuthorizer({ functionSocket: `${socket.path}-none`, cacheSeconds: 0 });
    expect(await alone(request('Bearer token'))).toEqual({ status: 500 });
  });

  it('asks every time where answers are not kept', async () => {
    const authorize = authorizer(0);
    await authorize(request('Bearer token'));
    await authorize(request('Bearer token'));
    expect(questions).toHaveLength(2);
  });

  it.each([
    ['allow', allow, deny],
    ['deny', deny, allow],
  ])('keeps an %s for as many seconds as configured, and not for one more', async (_, first, second) => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout'], now: 0 });
    const authorize = authorizer(300);
    authorizeFunction.answer = first;
    const kept = await authorize(request('Bearer token'));
    authorizeFunction.answer = second;
    jest.setSystemTime(299_999);
    expect(await authorize(request('Bearer token'))).toEqual(kept);
    expect(questions).toHaveLength(1);
    jest.setSystemTime(300_000);
    expect(await authorize(request('Bearer token'))).not.toEqual(kept);
    expect(questions).toHaveLength(2);
    // The new answer is kept from now on.
    jest.setSystemTime(599_999);
    await authorize(request('Bearer token'));
    expect(questions).toHaveLength(2);
  });

  it('keeps an answer for its route and its header alone', async () => {
    const authorize = authorizer(300);
    await authorize(request('Bearer token', 'GET /products'));
    authorizeFunction.answer = deny;
    expect(await authorize(request('Bearer token', 'POST /products'))).toEqual({ status: 403 });
    expect(await authorize(request('Bearer another', 'GET /products'))).toEqual({ status: 403 });
    expect(await authorize(request('Bearer token', 'GET /products'))).toMatchObject({ context: {} });
    expect(questions).toHaveLength(3);
  });
});
