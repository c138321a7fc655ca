/** Alarms, access logs, throttling, concurrency, CORS and hosted UI, without and with their parameters. */
import { packageService } from '../support/packaging';
import { compiledTemplate, onlyResource, resourcesOf, type Template } from '../support/template';

interface Variables {
  resolveVariable: (address: string) => Promise<string>;
}
const operations = jest.requireActual<(variables: Variables) => Promise<unknown>>('../../resources/operations');

const topic = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const parameters = [
  ['alarmTopic', topic],
  ['corsOrigins', 'https://shop.example.com, https://admin.example.com'],
  ['requestsPerSecond', '10'],
  ['burst', '20'],
  ['reservedConcurrency', '5'],
  ['domainPrefix', 'my-shop'],
  ['callbackUrl', 'https://shop.example.com/app'],
  ['logoutUrl', 'https://shop.example.com/'],
].flatMap(([name, value]) => ['--param', `${name}=${value}`]);

const plain = compiledTemplate();
const tuned = compiledTemplate(packageService(parameters));

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

  it.each(['Errors', 'Throttles'])('watch the %s of every function', (MetricName) => {
    const watched = alarmsOf(plain).filter((alarm) => alarm['MetricName'] === MetricName);
    expect(watched.map(({ Dimensions }) => Dimensions)).toEqual(
      expect.arrayContaining(functionsOf(plain).map(([id]) => [{ Name: 'FunctionName', Value: { Ref: id } }])),
    );
  });

  it('tell nobody without a topic, and the topic that is given', () => {
    expect(alarmsOf(plain)).toHaveLength(4 + 2 * 13);
    for (const alarm of alarmsOf(plain)) expect(alarm['AlarmActions']).toEqual([]);
    for (const alarm of alarmsOf(tuned)) expect(alarm['AlarmActions']).toEqual([topic]);
  });
});

describe('the stage of the API', () => {
  it('logs every request as JSON with its id', () => {
    const { AccessLogSettings } = onlyResource(plain, 'AWS::ApiGatewayV2::Stage');
    const { Format, DestinationArn } = AccessLogSettings as { Format: string; DestinationArn: unknown };
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      sub: '$context.authorizer.claims.sub',
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
  it('is off unless given', () => {
    for (const [, lambda] of functionsOf(plain)) expect(lambda).not.toHaveProperty('ReservedConcurrentExecutions');
    for (const [, lambda] of functionsOf(tuned)) expect(lambda).toHaveProperty('ReservedConcurrentExecutions', 5);
  });
});

describe('CORS', () => {
  it('is off unless origins are given, and never with credentials', () => {
    expect(onlyResource(plain, 'AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
    expect(onlyResource(tuned, 'AWS::ApiGatewayV2::Api')['CorsConfiguration']).toMatchObject({
      AllowOrigins: ['https://shop.example.com', 'https://admin.example.com'],
      AllowCredentials: false,
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

it('refuses a limit that is not a number, and names it', async () => {
  const resolveVariable = (name: string) => Promise.resolve(name === 'param:requestsPerSecond' ? 'many' : '1');
  await expect(operations({ resolveVariable })).rejects.toThrow(
    'The parameter requestsPerSecond must be a whole number, not "many".',
  );
});
