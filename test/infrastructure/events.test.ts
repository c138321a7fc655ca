/** What the compiled template promises about events: which changes become some, what becomes of those that fail, and the webhook. */
import { tuning } from '../support/packages';
import { onlyResource, resourceNamed, resourcesOf, templateOf } from '../support/template';

interface Events {
  functions: object;
  bus: object;
  webhook: object;
}
type Read = (variables: { resolveVariable: (address: string) => Promise<unknown> }) => Promise<Events>;

const plain = templateOf('jwt');
const tuned = templateOf('tuned');
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const stream = { 'Fn::GetAtt': ['CatalogTable', 'StreamArn'] };

/** What resources/events.js makes of parameters. */
const read = (parameters: object) =>
  jest.requireActual<Read>('../../resources/events')({
    resolveVariable: (address) =>
      Promise.resolve(
        address === 'self:custom.parameters'
          ? { events: 'on', webhookUrl: '', webhookKey: '', alarmTopic: '', ...parameters }
          : address,
      ),
  });

describe('the stream of the table', () => {
  it('has keys alone, and the function gets those of new history entries', () => {
    expect(onlyResource(plain, 'AWS::DynamoDB::Table')['StreamSpecification']).toEqual({ StreamViewType: 'KEYS_ONLY' });
    const { FilterCriteria, ...mapping } = onlyResource(plain, 'AWS::Lambda::EventSourceMapping');
    expect(mapping).toMatchObject({ EventSourceArn: stream, StartingPosition: 'TRIM_HORIZON', BatchSize: 100 });
    const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'HISTORY#' }] } } } },
    ]);
  });

  it('is read again from the first failure on for less than the day that it lasts, and then a queue is told', () => {
    expect(onlyResource(plain, 'AWS::Lambda::EventSourceMapping')).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 82_800,
      DestinationConfig: { OnFailure: { Destination: arn('UnsentEvents') } },
    });
    // API reference, CreateEventSourceMapping: without it, as often as that takes.
    expect(onlyResource(plain, 'AWS::Lambda::EventSourceMapping')).not.toHaveProperty('MaximumRetryAttempts');
    for (const [, queue] of resourcesOf(tuned, 'AWS::SQS::Queue')) {
      expect(queue).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    }
  });
});

it('tells the function its bus, and the queue that Lambda tells too', () => {
  expect(resourceNamed(plain, 'PublishDasheventsLambdaFunction')).toMatchObject({
    Environment: { Variables: { EVENT_BUS: 'admin-catalog-dev', UNSENT_EVENTS: { Ref: 'UnsentEvents' } } },
  });
});

it('lets the function read the stream and entries, put events on its bus and tell its queue, and nothing else', () => {
  expect(resourceNamed(plain, 'PublishEventsRole')['Policies']).toEqual([
    {
      PolicyName: 'publish-events',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          [['logs:CreateLogStream', 'logs:PutLogEvents'], arn('PublishDasheventsLogGroup')],
          [['dynamodb:BatchGetItem', 'dynamodb:Query'], arn('CatalogTable')],
          [
            ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
            stream,
          ],
          [['events:PutEvents'], arn('EventBus')],
          [['sqs:SendMessage'], arn('UnsentEvents')],
        ].map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
      },
    },
  ]);
});

describe('alarms', () => {
  const alarm = (namespace: string, metric: string, [name, value]: [string, object], threshold = 1) => ({
    ...{ Namespace: namespace, MetricName: metric, Dimensions: [{ Name: name, Value: value }] },
    ...{ Period: 300, EvaluationPeriods: 1, Threshold: threshold },
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [tuning.alarmTopic],
  });
  const ofFunction: [string, object] = ['FunctionName', { Ref: 'PublishDasheventsLambdaFunction' }];
  const ofQueue = (id: string): [string, object] => ['QueueName', { 'Fn::GetAtt': [id, 'QueueName'] }];
  const visible = 'ApproximateNumberOfMessagesVisible';

  it.each([
    ['PublishDasheventsErrorsAlarm', { ...alarm('AWS/Lambda', 'Errors', ofFunction), Statistic: 'Sum' }],
    ['PublishDasheventsThrottlesAlarm', { ...alarm('AWS/Lambda', 'Throttles', ofFunction), Statistic: 'Sum' }],
    // In milliseconds.
    ['LateEventsAlarm', { ...alarm('AWS/Lambda', 'IteratorAge', ofFunction, 900_000), Statistic: 'Maximum' }],
    // Where neither the bus nor the queue can be told.
    ['UntoldEventsAlarm', { ...alarm('AWS/Lambda', 'DestinationDeliveryFailures', ofFunction), Statistic: 'Sum' }],
    ['UnsentEventsAlarm', { ...alarm('AWS/SQS', visible, ofQueue('UnsentEvents')), Statistic: 'Maximum' }],
    ['UndeliveredEventsAlarm', { ...alarm('AWS/SQS', visible, ofQueue('UndeliveredEvents')), Statistic: 'Maximum' }],
  ])('%s tells the topic', (name, properties) => {
    expect(resourceNamed(tuned, name)).toMatchObject(properties);
  });

  it('DroppedEventsAlarm tells the topic of a rule by the names of its bus and its own, which is the last part of its ARN', () => {
    expect(resourceNamed(tuned, 'DroppedEventsAlarm')).toMatchObject({
      ...{ Namespace: 'AWS/Events', MetricName: 'InvocationsFailedToBeSentToDlq', Statistic: 'Sum', Threshold: 1 },
      Dimensions: [
        { Name: 'EventBusName', Value: { Ref: 'EventBus' } },
        { Name: 'RuleName', Value: { 'Fn::Select': [2, { 'Fn::Split': ['/', arn('EventsToWebhook')] }] } },
      ],
      AlarmActions: [tuning.alarmTopic],
    });
  });

  it('watch whether each dead-letter queue of a rule and each destination of a mapping takes what is sent there', () => {
    const queued = resourcesOf(tuned, 'AWS::Events::Rule').filter(([, { Targets }]) =>
      (Targets as { DeadLetterConfig?: object }[]).some(({ DeadLetterConfig }) => DeadLetterConfig),
    );
    const mapped = resourcesOf(tuned, 'AWS::Lambda::EventSourceMapping').filter(
      ([, mapping]) => mapping['DestinationConfig'],
    );
    const watching = (metric: string) =>
      resourcesOf(tuned, 'AWS::CloudWatch::Alarm').filter(([, { MetricName }]) => MetricName === metric);
    expect(watching('InvocationsFailedToBeSentToDlq')).toHaveLength(queued.length);
    expect(watching('DestinationDeliveryFailures')).toHaveLength(mapped.length);
    expect([queued.length, mapped.length]).toEqual([1, 1]);
    for (const type of ['AWS::Lambda::Function', 'AWS::Lambda::EventInvokeConfig']) {
      for (const [, properties] of resourcesOf(tuned, type)) {
        expect(properties).not.toHaveProperty('DeadLetterConfig');
        expect(properties).not.toHaveProperty('DestinationConfig');
      }
    }
  });

  it('are told by one for each queue, and say how to send again what is in it', () => {
    const watched = resourcesOf(tuned, 'AWS::CloudWatch::Alarm').flatMap(([, { Dimensions, AlarmDescription }]) => {
      const [{ Name, Value } = {}] = Dimensions as { Name?: string; Value?: { 'Fn::GetAtt'?: [string] } }[];
      return Name === 'QueueName' ? [[Value?.['Fn::GetAtt']?.[0], AlarmDescription]] : [];
    });
    const queues = resourcesOf(tuned, 'AWS::SQS::Queue').map(([id]) => id);
    expect(watched.map(([queue]) => queue).sort()).toEqual(queues.sort());
    for (const [, description] of watched) expect(description).toContain('npm run events -- replay');
  });
});

describe('a webhook', () => {
  it('is none unless asked for', () => {
    for (const type of ['AWS::Events::Connection', 'AWS::Events::ApiDestination']) {
      expect(resourcesOf(plain, type)).toEqual([]);
    }
    const rules = resourcesOf(plain, 'AWS::Events::Rule').map(([, rule]) => rule);
    expect(rules.filter(({ EventPattern }) => EventPattern !== undefined)).toEqual([]);
  });

  it('gets every event for a day, at a rate, and a queue what it does not take', () => {
    expect(onlyResource(tuned, 'AWS::Events::ApiDestination')).toEqual({
      ConnectionArn: arn('WebhookConnection'),
      InvocationEndpoint: tuning.webhookUrl,
      HttpMethod: 'POST',
      InvocationRateLimitPerSecond: 20,
    });
    expect(resourceNamed(tuned, 'EventsToWebhook')).toEqual({
      EventBusName: { Ref: 'EventBus' },
      EventPattern: { source: ['admin-catalog'] },
      Targets: [
        {
          Id: 'webhook',
          Arn: arn('Webhook'),
          RoleArn: arn('WebhookRole'),
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
          DeadLetterConfig: { Arn: arn('UndeliveredEvents') },
        },
      ],
    });
    expect(onlyResource(tuned, 'AWS::SQS::QueuePolicy')).toMatchObject({
      Queues: [{ Ref: 'UndeliveredEvents' }],
      PolicyDocument: {
        Statement: [
          {
            Action: ['sqs:SendMessage'],
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': arn('EventsToWebhook') } },
          },
        ],
      },
    });
  });

  it('has a role that EventBridge takes, and that may post there alone', () => {
    const { AssumeRolePolicyDocument, Policies } = resourceNamed(tuned, 'WebhookRole');
    expect(AssumeRolePolicyDocument).toMatchObject({ Statement: [{ Principal: { Service: 'events.amazonaws.com' } }] });
    expect(Policies).toMatchObject([
      { PolicyDocument: { Statement: [{ Action: ['events:InvokeApiDestination'], Resource: arn('Webhook') }] } },
    ]);
  });

  it('has a key that CloudFormation reads from its secret, and that no output tells', () => {
    expect(onlyResource(tuned, 'AWS::Events::Connection')).toEqual({
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'x-api-key',
          ApiKeyValue: `{{resolve:secretsmanager:${tuning.webhookKey}}}`,
        },
      },
    });
    expect(JSON.stringify(tuned.Outputs)).not.toContain('secretsmanager');
  });

  it.each([
    [{ webhookUrl: 'https://a.example' }, 'webhookUrl and webhookKey go together'],
    [{ webhookKey: 'arn' }, 'webhookUrl and webhookKey go together'],
    [{ webhookUrl: 'https://a.example', webhookKey: 'arn', events: 'off' }, 'leave out --param events=off'],
  ])('is refused with %j', async (parameters, sentence) => {
    await expect(read(parameters)).rejects.toThrow(sentence);
  });
});

it('with events=off there is no stream, function, bus or queue', async () => {
  expect(await read({ events: 'off' })).toEqual({ functions: {}, bus: {}, webhook: {} });
  const { deployedFunctions } = jest.requireActual<{ deployedFunctions: (parameters: object) => string[] }>(
    '../../resources/functions',
  );
  expect(deployedFunctions({ authorizer: 'jwt', events: 'on' })).toContain('publish-events');
  expect(deployedFunctions({ authorizer: 'jwt', events: 'off' })).not.toContain('publish-events');
});
