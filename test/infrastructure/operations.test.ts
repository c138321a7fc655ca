/** Alarms, access logs, throttling, concurrency, CORS and hosted UI, without and with their parameters. */
import { functionCount, tuning } from '../support/packages';
import { onlyResource, resourceNamed, resourcesOf, templateOf, type Template } from '../support/template';

const plain = templateOf('jwt');
const tuned = templateOf('tuned');

const alarmsOf = (template: Template) => resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm);
const functionsOf = (template: Template) => resourcesOf(template, 'AWS::Lambda::Function');

/** The indexes of the compiled table. */
const indexes = (onlyResource(plain, 'AWS::DynamoDB::Table')['GlobalSecondaryIndexes'] as { IndexName: string }[]).map(
  ({ IndexName }) => IndexName,
);

describe('alarms', () => {
  const table = { TableName: { Ref: 'CatalogTable' } };
  const dimensions = (named: object) => Object.entries(named).map(([Name, Value]) => ({ Name, Value }));
  /** All of an alarm but what it says. */
  const bell = (Namespace: string, MetricName: string, named: object, Threshold: number, topic?: string) => ({
    Namespace,
    MetricName,
    Dimensions: dimensions(named),
    Threshold,
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: topic === undefined ? [] : [topic],
  });
  const textOf = (alarm: object) => JSON.stringify(Object.entries(alarm).sort(([a], [b]) => a.localeCompare(b)));
  const byText = (a: object, b: object) => textOf(a).localeCompare(textOf(b));

  it.each([
    ['jwt', undefined],
    ['lambda', undefined],
    ['iam', undefined],
    ['tuned', tuning.alarmTopic],
  ])(
    'ring for the API, each function, the table, each of its indexes, queues and late events, and for nothing else: %s',
    (name, topic) => {
      const template = templateOf(name);
      const functions = functionsOf(template).map(([id]) => ({ FunctionName: { Ref: id } }));
      const queues = resourcesOf(template, 'AWS::SQS::Queue').map(([id]) => id);
      const nameOf = (queue: string) => ({ 'Fn::GetAtt': [queue, 'QueueName'] });
      const publisher = { FunctionName: { Ref: 'PublishDasheventsLambdaFunction' } };
      const places = [table, ...indexes.map((index) => ({ ...table, GlobalSecondaryIndexName: index }))];
      const expected = [
        bell('AWS/ApiGateway', '5xx', { ApiId: { Ref: 'HttpApi' } }, 5, topic),
        // A thousand requests a day are four in five minutes: all of them may fail, and the one above stays silent.
        {
          ...bell('AWS/ApiGateway', '5xx', { ApiId: { Ref: 'HttpApi' } }, 0.01, topic),
          ...{ Statistic: 'Average', EvaluationPeriods: 12, DatapointsToAlarm: 3 },
        },
        bell('AWS/DynamoDB', 'TransactionConflict', table, 100, topic),
        ...places.flatMap((place) => [
          bell('AWS/DynamoDB', 'ReadThrottleEvents', place, 1, topic),
          bell('AWS/DynamoDB', 'WriteThrottleEvents', place, 1, topic),
        ]),
        ...functions.flatMap((lambda) => [
          bell('AWS/Lambda', 'Errors', lambda, 1, topic),
          bell('AWS/Lambda', 'Throttles', lambda, 1, topic),
        ]),
        ...queues.map((queue) => ({
          ...bell('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: nameOf(queue) }, 1, topic),
          Statistic: 'Maximum',
        })),
        { ...bell('AWS/Lambda', 'IteratorAge', publisher, 900_000, topic), Statistic: 'Maximum' },
        bell('AWS/Lambda', 'DestinationDeliveryFailures', publisher, 1, topic),
        ...resourcesOf(template, 'AWS::CloudWatch::Alarm')
          .filter(([id]) => id === 'DroppedEventsAlarm')
          .map(([, { Dimensions }]) => ({
            ...bell('AWS/Events', 'InvocationsFailedToBeSentToDlq', {}, 1, topic),
            Dimensions,
          })),
      ];
      const found = alarmsOf(template).map(({ AlarmDescription, ...alarm }) => {
        expect(AlarmDescription).toEqual(expect.any(String));
        return alarm;
      });
      expect(found.sort(byText)).toEqual(expected.sort(byText));
    },
  );

  it('say that somebody may be in no group where the trigger of a confirmation fails', () => {
    const trigger = alarmsOf(plain).filter(({ Dimensions }) =>
      JSON.stringify(Dimensions).includes('JoinDashuserDashgroupLambdaFunction'),
    );
    expect(trigger.map(({ AlarmDescription }) => AlarmDescription)).toEqual([
      'join-user-group crashed or timed out: somebody who has confirmed a sign-up may be in no group',
      'join-user-group was throttled: somebody who has confirmed a sign-up may be in no group',
    ]);
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
    ['has', plain, '$context.identity.sourceIp'],
    ['leaves out, where asked to,', tuned, '-'],
  ])('%s the address that a request came from', (_, template, ip) => {
    const { AccessLogSettings } = onlyResource(template, 'AWS::ApiGatewayV2::Stage');
    expect(JSON.parse((AccessLogSettings as { Format: string }).Format)).toHaveProperty('ip', ip);
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
  it('is off unless origins are given, and then for what the API has, without credentials', () => {
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

describe('encryption', () => {
  const groupsOf = (template: Template) => resourcesOf(template, 'AWS::Logs::LogGroup').map(([, group]) => group);

  it('is with keys of AWS, unless one is given for the table, all logs and what search keeps of the table', () => {
    expect(onlyResource(plain, 'AWS::DynamoDB::Table')['SSESpecification']).toEqual({ SSEEnabled: true });
    for (const group of groupsOf(plain)) expect(group).not.toHaveProperty('KmsKeyId');
    expect(onlyResource(tuned, 'AWS::DynamoDB::Table')['SSESpecification']).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: tuning.encryptionKey,
    });
    const snapshotsOf = (template: Template) => resourceNamed(template, 'SearchSnapshots')['BucketEncryption'];
    const by = (rule: object) => ({ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: rule }] });
    expect(snapshotsOf(plain)).toEqual(by({ SSEAlgorithm: 'AES256' }));
    expect(snapshotsOf(tuned)).toEqual(by({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: tuning.encryptionKey }));
    expect(groupsOf(tuned)).toHaveLength(functionCount('lambda') + 1);
    for (const group of groupsOf(tuned)) expect(group).toHaveProperty('KmsKeyId', tuning.encryptionKey);
  });
});

describe('hosted UI', () => {
  it('takes codes alone, and sends people to the given addresses alone', () => {
    expect(onlyResource(tuned, 'AWS::Cognito::UserPoolDomain')['Domain']).toBe('my-shop');
    expect(resourceNamed(tuned, 'UserPoolClient')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      GenerateSecret: false,
      CallbackURLs: ['https://shop.example.com/app'],
      LogoutURLs: ['https://shop.example.com/'],
    });
    expect(resourceNamed(tuned, 'ConsoleClient')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      GenerateSecret: true,
      CallbackURLs: [{ 'Fn::Join': ['', ['https://admin.example.com/console', '/app']] }],
      LogoutURLs: ['https://admin.example.com/console'],
    });
  });
});
