/** What API Gateway asks a Lambda authorizer (payload format 2.0). */
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

/** Asks for a route with this header `Authorization`. */
export function question(routeKey: string, authorization: string): APIGatewayRequestAuthorizerEventV2 {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:eu-central-1:123456789012:api/$default/${method}${path}`,
    identitySource: [authorization, routeKey],
    routeKey,
    rawPath: path,
    rawQueryString: '',
    cookies: [],
    headers: { authorization, 'user-agent': 'test' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
    },
  };
}
