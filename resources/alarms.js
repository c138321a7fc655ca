// The alarms of a deployed stack: for the API, for each function, for the table and for each of its indexes.
const { logicalIdOf } = require('./functions');
const { resources } = require('./service-file');

const fiveMinutes = 300;

/** Rings where a period of five minutes reaches the threshold; with `often`, where so many of the last hour's do. */
function alarm({ description, namespace, metric, dimensions, statistic = 'Sum', threshold = 1, often, topic }) {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: description,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: statistic,
      Period: fiveMinutes,
      ...(often === undefined ? { EvaluationPeriods: 1 } : { EvaluationPeriods: 12, DatapointsToAlarm: often }),
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: topic ? [topic] : [],
    },
  };
}

/** The indexes that serverless.yml declares. */
function indexNames() {
  const { CatalogTable } = resources.find((entry) => entry.Resources?.CatalogTable).Resources;
  return CatalogTable.Properties.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
}

/** by-status becomes ByStatus. */
const pascalCase = (name) => name.replace(/(?:^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, first) => first.toUpperCase());

const throttles = ['Read', 'Write'];

/** The metrics of a table do not include its indexes, and a throttled index throttles the table's writes. */
function throttleAlarms(topic) {
  const table = { Ref: 'CatalogTable' };
  const places = [
    { id: 'Table', what: 'The table', dimensions: { TableName: table } },
    ...indexNames().map((name) => ({
      id: `${pascalCase(name)}Index`,
      what: `The index ${name}`,
      dimensions: { TableName: table, GlobalSecondaryIndexName: name },
    })),
  ];
  return places.flatMap(({ id, what, dimensions }) =>
    throttles.map((kind) => [
      `${id}${kind}ThrottlesAlarm`,
      alarm({
        namespace: 'AWS/DynamoDB',
        metric: `${kind}ThrottleEvents`,
        dimensions,
        topic,
        description: `${what} throttled ${kind.toLowerCase()}s`,
      }),
    ]),
  );
}

// Cognito confirms a sign-up before it asks the trigger, and does not ask again.
const consequences = { 'join-user-group': ': somebody who has confirmed a sign-up may be in no group' };

function functionAlarms(name, topic) {
  const id = logicalIdOf(name);
  const consequence = consequences[name] ?? '';
  const lambda = { namespace: 'AWS/Lambda', dimensions: { FunctionName: { Ref: `${id}LambdaFunction` } }, topic };
  return [
    [
      `${id}ErrorsAlarm`,
      alarm({ ...lambda, metric: 'Errors', description: `${name} crashed or timed out${consequence}` }),
    ],
    [
      `${id}ThrottlesAlarm`,
      alarm({ ...lambda, metric: 'Throttles', description: `${name} was throttled${consequence}` }),
    ],
  ];
}

/** An API with few callers has no five errors in five minutes, even if it answers nothing else for days. */
function apiAlarms(topic) {
  const errors = { namespace: 'AWS/ApiGateway', metric: '5xx', dimensions: { ApiId: { Ref: 'HttpApi' } }, topic };
  return {
    ApiErrorsAlarm: alarm({ ...errors, threshold: 5, description: 'The API answered 5xx' }),
    // The average is the share of requests, as API Gateway says of REST APIs ("Amazon API Gateway dimensions and metrics"). If it were one
    // of errors alone, this would ring more often, and not less.
    ApiErrorsAgainAlarm: alarm({
      ...errors,
      statistic: 'Average',
      threshold: 0.01,
      often: 3,
      description: 'The API answers 5xx again and again',
    }),
  };
}

module.exports = (functionNames, topic) => ({
  ...apiAlarms(topic),
  ...Object.fromEntries(throttleAlarms(topic)),
  // DynamoDB counts every write that a transaction refused; the retries that follow make a few of them harmless.
  TransactionConflictsAlarm: alarm({
    namespace: 'AWS/DynamoDB',
    metric: 'TransactionConflict',
    dimensions: { TableName: { Ref: 'CatalogTable' } },
    threshold: 100,
    topic,
    description: 'Writes collide',
  }),
  ...Object.fromEntries(functionNames.flatMap((name) => functionAlarms(name, topic))),
});

module.exports.alarm = alarm;
