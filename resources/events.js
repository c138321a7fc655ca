// What others hear of changes by: the table's stream, the function that reads it, the bus it puts events on, and a webhook where one
// is asked for. In code, because parameters leave out parts of it, or all.
const { alarm } = require('./alarms');
const { allow, arnOf, day, queue, queueAlarm } = require('./event-queues');
const { logicalIdOf, trust } = require('./functions');
const refusal = require('./refusal');
const webhook = require('./webhook');

const name = 'publish-events';
const id = logicalIdOf(name);
const streamArn = { 'Fn::GetAtt': ['CatalogTable', 'StreamArn'] };

// Records leave a stream after a day: what is given up only then, Lambda can tell of no more.
const longestRetry = day - 3_600;

const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    Policies: [
      {
        PolicyName: name,
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arnOf(`${id}LogGroup`)),
            allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], arnOf('CatalogTable')),
            allow(
              ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
              streamArn,
            ),
            allow(['events:PutEvents'], arnOf('EventBus')),
            allow(['sqs:SendMessage'], arnOf('UnsentEvents')),
          ],
        },
      },
    ],
  },
};

const mapping = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: streamArn,
    FunctionName: arnOf(`${id}LambdaFunction`),
    // From the moment on that there is a stream.
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    FilterCriteria: {
      Filters: [
        {
          Pattern: JSON.stringify({
            eventName: ['INSERT'],
            dynamodb: { Keys: { sk: { S: [{ prefix: 'HISTORY#' }] } } },
          }),
        },
      ],
    },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: longestRetry,
    DestinationConfig: { OnFailure: { Destination: arnOf('UnsentEvents') } },
  },
};

const bus = (busName, topic) => ({
  Resources: {
    CatalogTable: { Properties: { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } } },
    EventBus: { Type: 'AWS::Events::EventBus', Properties: { Name: busName } },
    PublishEventsRole: role,
    HistoryEntriesToEvents: mapping,
    UnsentEvents: queue,
    UnsentEventsAlarm: queueAlarm(
      'UnsentEvents',
      'Events could not be sent for a day: npm run events -- replay',
      topic,
    ),
    // Lambda, developer guide, "Types of metrics for Lambda functions": of asynchronous invocations, and of batches of a stream.
    UntoldEventsAlarm: alarm({
      namespace: 'AWS/Lambda',
      metric: 'DestinationDeliveryFailures',
      dimensions: { FunctionName: { Ref: `${id}LambdaFunction` } },
      description: `Events could not be sent, and the queue could not be told: npm run events -- replay --since`,
      topic,
    }),
    LateEventsAlarm: alarm({
      namespace: 'AWS/Lambda',
      metric: 'IteratorAge',
      dimensions: { FunctionName: { Ref: `${id}LambdaFunction` } },
      statistic: 'Maximum',
      threshold: 15 * 60 * 1000,
      description: 'Events are a quarter of an hour late',
      topic,
    }),
  },
  Outputs: {
    EventBusName: { Value: { Ref: 'EventBus' } },
    EventBusArn: { Value: arnOf('EventBus') },
    UnsentEventsUrl: { Value: { Ref: 'UnsentEvents' } },
  },
});

function requireWhole({ events, webhookUrl, webhookKey }) {
  if ((webhookUrl === '') !== (webhookKey === '')) {
    throw refusal('The parameters webhookUrl and webhookKey go together: give both, or none.');
  }
  if (events === 'off' && webhookUrl !== '') throw refusal('A webhook needs events: leave out --param events=off.');
}

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  requireWhole(parameters);
  if (parameters.events === 'off') return { functions: {}, bus: {}, webhook: {} };
  const busName = `${await resolveVariable('self:service')}-${await resolveVariable('sls:stage')}`;
  return {
    functions: {
      [name]: {
        handler: `functions/${name}.handler`,
        role: 'PublishEventsRole',
        // It waits for EventBridge, and tries again.
        timeout: 30,
        environment: { EVENT_BUS: busName, UNSENT_EVENTS: '${param:unsentEvents}' },
      },
    },
    bus: bus(busName, parameters.alarmTopic),
    webhook: parameters.webhookUrl === '' ? {} : webhook(parameters),
  };
};
