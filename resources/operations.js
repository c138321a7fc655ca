// What watches and bounds a deployed stack: alarms, throttling, reserved concurrency, CORS, encryption. In code, because half of
// it repeats for every function and the rest depends on parameters that may be empty.
const alarms = require('./alarms');
const { corsConfiguration, readOrigins } = require('./cors');
const { deployedFunctions, logicalIdOf } = require('./functions');

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

/** With a key of the customer's own, records and logs can be read by those alone who may use the key; search has a copy of all products. */
function recordEncryption(key) {
  if (key === '') return {};
  const SSESpecification = { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key };
  const ServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
  const BucketEncryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }] };
  return { CatalogTable: { Properties: { SSESpecification } }, SearchSnapshots: { Properties: { BucketEncryption } } };
}

function logEncryption(functionNames, key) {
  if (key === '') return {};
  const groups = ['HttpApiLogGroup', ...functionNames.map((name) => `${logicalIdOf(name)}LogGroup`)];
  return Object.fromEntries(groups.map((id) => [id, { Properties: { KmsKeyId: key } }]));
}

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  const functionNames = deployedFunctions(parameters);
  const origins = readOrigins(parameters.corsOrigins);
  const key = parameters.encryptionKey;
  return {
    // What the access log has for the address that a request came from.
    loggedAddress: parameters.loggedAddresses === 'kept' ? '$context.identity.sourceIp' : '-',
    resources: {
      Resources: { ...alarms(functionNames, parameters.alarmTopic), ...recordEncryption(key) },
      // Additions to what the framework makes of the functions and their routes.
      extensions: {
        ...cors(origins),
        ...throttling(Number(parameters.requestsPerSecond), Number(parameters.burst)),
        ...reservedConcurrency(functionNames, Number(parameters.reservedConcurrency)),
        ...logEncryption(functionNames, key),
      },
    },
  };
};
