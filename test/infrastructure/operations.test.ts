/** Alarms, access logs, throttling, concurrency, CORS and hosted UI, without and with their parameters. */
import { authorizers, functionCount, tuning } from '../support/packages';
import { onlyResource, resourcesOf, templateOf, type Template } from '../support/template';

const plain = templateOf('jwt');
const tuned = templateOf('tuned');

const alarmsOf = (template: Template) => resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm);
const functionsOf = (template: Template) => resourcesOf(template, 'AWS::Lambda::Function');

describe('alarms', () => {
  it.each([
    ['AWS/ApiGateway', '5xx', [{ Name: 'ApiId', Value: { Ref: 'HttpApi' } }]],
    ['AWS/DynamoDB', 'ReadThrottleEvents', [{ Name: 'TableName', Value: { Ref: 'CatalogTable' } }]],
    ['AWS/DynamoDB', 'WriteThrottleEvents', [{ Name: 'TableName', Value: { Ref: 'CatalogTable' } }]],
    ['AWS/DynamoDB', 'TransactionConflict', [{ Name: 'TableName', Value: { Ref: 'CatalogTable' } }]],
  ])('watch %s %s', (Namespace, MetricName, Dimensions) => {
    expect(alarmsOf(plain)).toContainEqual(expect.objectContaining({ Namespace, MetricName, Dimensions }));
  });

  it.each(authorizers)('watch the errors and throttles of every function, behind the authorizer %s', (authorizer) => {
    const template = templateOf(authorizer);
    const functions = functionsOf(template).map(([id]) => [{ Name: 'FunctionName', Value: { Ref: id } }]);
    expect(functions).toHaveLength(functionCount(authorizer));
    for (const metric of ['Errors', 'Throttles']) {
      const watched = alarmsOf(template).filter(({ MetricName }) => MetricName === metric);
      expect(watched.map(({ Dimensions }) => Dimensions)).toEqual(expect.arrayContaining(functions));
      expect(watched).toHaveLength(functions.length);
      for (const alarm of watched) expect(alarm).toMatchObject({ Namespace: 'AWS/Lambda', Threshold: 1 });
    }
    expect(alarmsOf(template)).toHaveLength(4 + 2 * functions.length);
  });

  it('tell nobody without a topic, and the topic that is given', () => {
    for (const alarm of alarmsOf(plain)) expect(alarm['AlarmActions']).toEqual([]);
    for (const alarm of alarmsOf(tuned)) expect(alarm['AlarmActions']).toEqual([tuning.alarmTopic]);
  });
});

describe('the stage of the API', () => {
  it.each([
    ['jwt', '$context.authorizer.claims.sub'],
    ['lambda', '$context.authorizer.sub'],
    ['iam', '$context.identity.cognitoAuthenticationProvider'],
  ])('logs every request as JSON with its id and its caller, behind the authorizer %s', (name, caller) => {
    const { AccessLogSettings } = onlyResource(templateOf(name), 'AWS::ApiGatewayV2::Stage');
    const { Format, DestinationArn } = AccessLogSettings as { Format: string; DestinationArn: unknown };
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      caller,
      authorizerError: '$context.authorizer.error',
    });
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['HttpApiLogGroup', 'Arn'] });
  });

  it.each([
    ['preset', plain, 100, 200],
    ['given', tuned, 10, 20],
  ])('throttles at the %s limits', (_, template, rate, burst) => {
    expect(onlyResource(template, 'AWS::ApiGatewayV2::Stage')['DefaultRouteSettings']).toMatchObject({
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
    });
  });
});

describe('reserved concurrency', () => {
  it('is off unless given, and then that of every function', () => {
    for (const [, lambda] of functionsOf(plain)) expect(lambda).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(functionsOf(tuned)).toHaveLength(functionCount('lambda'));
    for (const [, lambda] of functionsOf(tuned)) expect(lambda).toHaveProperty('ReservedConcurrentExecutions', 5);
  });
});

describe('CORS', () => {
  it('is off unless origins are given, and never with credentials', () => {
    expect(onlyResource(plain, 'AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
    expect(onlyResource(tuned, 'AWS::ApiGatewayV2::Api')['CorsConfiguration']).toEqual({
      AllowOrigins: ['https://shop.example.com', 'https://admin.example.com'],
      AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      AllowHeaders: [
        ...['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key'],
        ...['x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'],
      ],
      ExposeHeaders: ['etag', 'location', 'retry-after', 'idempotency-replayed'],
      AllowCredentials: false,
      MaxAge: 600,
    });
  });
});

describe('hosted UI', () => {
  it('takes codes alone, from clients without a secret, and has the given addresses', () => {
    expect(onlyResource(tuned, 'AWS::Cognito::UserPoolDomain')['Domain']).toBe('my-shop');
    expect(onlyResource(tuned, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      GenerateSecret: false,
      CallbackURLs: ['https://shop.example.com/app'],
      LogoutURLs: ['https://shop.example.com/'],
    });
  });
});
