// The webhook: EventBridge posts every event there, tries for a day, and keeps to a rate.
const { alarm } = require('./alarms');
const { allow, arnOf, day, queue, queueAlarm } = require('./event-queues');
const { trust } = require('./functions');

const ofEventBridge = (rule) => ({ ArnEquals: { 'aws:SourceArn': arnOf(rule) } });

module.exports = ({ webhookUrl, webhookKey, alarmTopic }) => ({
  Resources: {
    WebhookConnection: {
      Type: 'AWS::Events::Connection',
      Properties: {
        AuthorizationType: 'API_KEY',
        AuthParameters: {
          // CloudFormation puts the key in when it makes the connection: the template has but the name of the secret.
          ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: `{{resolve:secretsmanager:${webhookKey}}}` },
        },
      },
    },
    Webhook: {
      Type: 'AWS::Events::ApiDestination',
      Properties: {
        ConnectionArn: arnOf('WebhookConnection'),
        InvocationEndpoint: webhookUrl,
        HttpMethod: 'POST',
        InvocationRateLimitPerSecond: 20,
      },
    },
    EventsToWebhook: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'EventBus' },
        EventPattern: { source: ['admin-catalog'] },
        Targets: [
          {
            Id: 'webhook',
            Arn: arnOf('Webhook'),
            RoleArn: arnOf('WebhookRole'),
            RetryPolicy: { MaximumEventAgeInSeconds: day, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: arnOf('UndeliveredEvents') },
          },
        ],
      },
    },
    WebhookRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('events.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'webhook',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [allow(['events:InvokeApiDestination'], arnOf('Webhook'))],
            },
          },
        ],
      },
    },
    UndeliveredEvents: queue,
    UndeliveredEventsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'UndeliveredEvents' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              ...allow(['sqs:SendMessage'], arnOf('UndeliveredEvents')),
              Principal: { Service: 'events.amazonaws.com' },
              Condition: ofEventBridge('EventsToWebhook'),
            },
          ],
        },
      },
    },
    UndeliveredEventsAlarm: queueAlarm(
      'UndeliveredEvents',
      'The webhook did not take events for a day, or refused them: npm run events -- replay',
      alarmTopic,
    ),
    // EventBridge drops events that neither the webhook nor the queue takes.
    DroppedEventsAlarm: alarm({
      namespace: 'AWS/Events',
      metric: 'InvocationsFailedToBeSentToDlq',
      // Its own name, behind that of the bus: Ref puts a bar between the two.
      dimensions: {
        EventBusName: { Ref: 'EventBus' },
        RuleName: { 'Fn::Select': [2, { 'Fn::Split': ['/', arnOf('EventsToWebhook')] }] },
      },
      description: 'Neither webhook nor queue took events: npm run events -- replay --since',
      topic: alarmTopic,
    }),
  },
  Outputs: { UndeliveredEventsUrl: { Value: { Ref: 'UndeliveredEvents' } } },
});
