// Queues for events that could not be sent or delivered, and their alarms.
const { alarm } = require('./alarms');

const day = 86_400;
const arnOf = (logicalId) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });

/** Keeps for two weeks, the longest there is, what somebody has to look at. */
const queue = { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 14 * day, SqsManagedSseEnabled: true } };

function queueAlarm(logicalId, description, topic) {
  const dimensions = { QueueName: { 'Fn::GetAtt': [logicalId, 'QueueName'] } };
  const metric = 'ApproximateNumberOfMessagesVisible';
  return alarm({ namespace: 'AWS/SQS', metric, dimensions, statistic: 'Maximum', description, topic });
}

module.exports = { allow, arnOf, day, queue, queueAlarm };
