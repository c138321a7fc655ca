// What watches and bounds a deployed stack: alarms, throttling, reserved concurrency, CORS. In code, because half of it
// repeats for every function and the rest depends on parameters that may be empty.
const { readdirSync } = require('node:fs');
const path = require('node:path');
const { corsConfiguration, readOrigins } = require('./cors');

/** The functions of the stack: of all there are, the Lambda authorizer is deployed only where it is the one chosen. */
const deployedFunctions = (authorizer) =>
  readdirSync(path.join(__dirname, '..', 'functions'))
    .map((file) => path.parse(file).name)
    .filter((name) => name !== 'authorize' || authorizer === 'lambda');

// The framework's own naming: create-product becomes CreateDashproduct.
const logicalIdOf = (functionName) => (functionName[0].toUpperCase() + functionName.slice(1)).replaceAll('-', 'Dash');

const fiveMinutes = 300;

function alarm({ description, namespace, metric, dimensions, threshold, topic }) {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: description,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'Sum',
      Period: fiveMinutes,
      EvaluationPeriods: 1,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: topic ? [topic] : [],
    },
  };
}

function alarms(functionNames, topic) {
  const api = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: { Ref: 'HttpApi' } }, topic };
  const table = { namespace: 'AWS/DynamoDB', dimensions: { TableName: { Ref: 'CatalogTable' } }, topic };
  const perFunction = functionNames.flatMap((name) => {
    const id = logicalIdOf(name);
    const lambda = { namespace: 'AWS/Lambda', dimensions: { FunctionName: { Ref: `${id}LambdaFunction` } }, topic };
    return [
      [
        `${id}ErrorsAlarm`,
        alarm({ ...lambda, metric: 'Errors', threshold: 1, description: `${name} crashed or timed out` }),
      ],
      [
        `${id}ThrottlesAlarm`,
        alarm({ ...lambda, metric: 'Throttles', threshold: 1, description: `${name} was throttled` }),
      ],
    ];
  });
  return {
    ApiErrorsAlarm: alarm({ ...api, metric: '5xx', threshold: 5, description: 'The API answered 5xx' }),
    TableReadThrottlesAlarm: alarm({
      ...table,
      metric: 'ReadThrottleEvents',
      threshold: 1,
      description: 'Reads throttled',
    }),
    TableWriteThrottlesAlarm: alarm({
      ...table,
      metric: 'WriteThrottleEvents',
      threshold: 1,
      description: 'Writes throttled',
    }),
    // DynamoDB counts every write that a transaction refused; the retries that follow make a few of them harmless.
    TransactionConflictsAlarm: alarm({
      ...table,
      metric: 'TransactionConflict',
      threshold: 100,
      description: 'Writes collide',
    }),
    ...Object.fromEntries(perFunction),
  };
}

const cors = (origins) =>
  origins.length === 0 ? {} : { HttpApi: { Properties: { CorsConfiguration: corsConfiguration(origins) } } };

function throttling(rate, burst) {
  const DefaultRouteSettings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  return { HttpApiStage: { Properties: { DefaultRouteSettings } } };
}

function reservedConcurrency(functionNames, executions) {
  if (executions === 0) return {};
  return Object.fromEntries(
    functionNames.map((name) => [
      `${logicalIdOf(name)}LambdaFunction`,
      { Properties: { ReservedConcurrentExecutions: executions } },
    ]),
  );
}

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  const functionNames = deployedFunctions(parameters.authorizer);
  const origins = readOrigins(parameters.corsOrigins);
  return {
    Resources: alarms(functionNames, parameters.alarmTopic),
    // Additions to what the framework makes of the functions and their routes.
    extensions: {
      ...cors(origins),
      ...throttling(Number(parameters.requestsPerSecond), Number(parameters.burst)),
      ...reservedConcurrency(functionNames, Number(parameters.reservedConcurrency)),
    },
  };
};
