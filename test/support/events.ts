/** Requests as API Gateway hands them to a handler, with fake claims, and answers as tests want to look at them. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Endpoint } from '../../src/http/endpoint';
import type { HttpEvent } from '../../src/http/event';
import { requestTime } from './slow-engine';

export interface FakeRequest {
  /** As in serverless.yml: `PATCH /products/{productId}`. */
  routeKey: string;
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  isBase64Encoded?: boolean;
  /** The caller's groups; the claims of an access token are made from them. */
  groups?: string[];
  sub?: string;
  /** Replaces the authorizer's context altogether. */
  authorizer?: unknown;
}

/** The context that an HTTP API's JWT authorizer adds for an access token. */
export const accessToken = (groups: string[], sub = 'admin-sub') => ({
  jwt: {
    claims: { sub, token_use: 'access', ...(groups.length > 0 ? { 'cognito:groups': `[${groups.join(' ')}]` } : {}) },
    scopes: null,
  },
});

export function fakeEvent(request: FakeRequest): HttpEvent {
  const { routeKey, path = {}, query, body, isBase64Encoded = false, groups = ['admin'], sub } = request;
  const [method = '', template = ''] = routeKey.split(' ');
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers },
    ...(query ? { queryStringParameters: query } : {}),
    ...(Object.keys(path).length > 0 ? { pathParameters: path } : {}),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
      authorizer: 'authorizer' in request ? request.authorizer : accessToken(groups, sub),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded,
  };
}

export const fakeContext = (remainingMilliseconds = requestTime) => ({
  getRemainingTimeInMillis: () => remainingMilliseconds,
});

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // Tests look into bodies of every shape; what they find there, they assert.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export const readAnswer = (result: APIGatewayProxyStructuredResultV2): Answer => ({
  status: result.statusCode ?? 0,
  headers: result.headers ?? {},
  body: result.body ? JSON.parse(result.body) : undefined,
});

/** Calls a handler as the gateway would. */
export async function call(handler: Endpoint, request: FakeRequest, remainingMilliseconds?: number): Promise<Answer> {
  return readAnswer(await handler(fakeEvent(request), fakeContext(remainingMilliseconds)));
}
