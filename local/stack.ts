/** The local stack: DynamoDB, Cognito and the API, started together and ended together. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dynamodbEngine } from './dynamodb';
import { freePort, requireFreePort, StartError, startService, waitUntilReady, type Service } from './processes';
import { projectRoot } from './service';
import { ensureTable, localCredentials, localRegion } from './table';
import { clientId, confirmationCode, userPoolId, writeUserPool } from './user-pool';

const host = '127.0.0.1';
const tableName = 'admin-catalog-local';
const triggerFunction = 'admin-catalog-local-join-user-group';

/** Where the parts of a running stack are; also the content of stack.json. */
export interface StackInfo {
  apiUrl: string;
  cognitoUrl: string;
  dynamodbUrl: string;
  region: string;
  userPoolId: string;
  clientId: string;
  tableName: string;
}

export interface StackOptions {
  /** Holds the data, the logs and stack.json. */
  directory: string;
  ports: { api: number; cognito: number; dynamodb: number };
  /** A DynamoDB that runs already; no engine is started then. */
  dynamodbEndpoint?: string | undefined;
  /** Begin without any data. */
  reset?: boolean | undefined;
  /** Called with every line that a function logs. */
  onLogLine?: ((line: string) => void) | undefined;
}

export interface Stack {
  info: StackInfo;
  /** Settles when any part ends. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts all parts and writes stack.json once they answer. Throws `StartError`, with nothing left running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, ports, dynamodbEndpoint } = options;
  await requireFreePort(ports.api, 'API_PORT');
  await requireFreePort(ports.cognito, 'COGNITO_PORT');
  if (!dynamodbEndpoint) await requireFreePort(ports.dynamodb, 'DYNAMODB_PORT');
  prepareDirectory(directory, options.reset);

  const info: StackInfo = {
    apiUrl: `http://${host}:${ports.api}`,
    cognitoUrl: `http://${host}:${ports.cognito}`,
    dynamodbUrl: dynamodbEndpoint ?? `http://${host}:${ports.dynamodb}`,
    region: localRegion,
    userPoolId,
    clientId,
    tableName,
  };
  const lambdaPort = await freePort();
  writeUserPool(path.join(directory, 'cognito'), {
    cognitoUrl: info.cognitoUrl,
    lambdaUrl: `http://${host}:${lambdaPort}`,
    triggerFunction,
  });

  const services: Service[] = [];
  const stop = async () => {
    // The API first, so that what it has begun can still reach the others.
    for (const service of services.toReversed()) await service.stop();
  };
  try {
    const database = dynamodbEndpoint ? undefined : startDatabase(options);
    if (database) services.push(database);
    const cognito = startCognito(options);
    services.push(cognito);
    const api = startApi(options, info, lambdaPort);
    services.push(api);
    await Promise.all([
      prepareTable(database, info, directory),
      waitUntilReady(cognito, `${info.cognitoUrl}/health`, seeLog('Cognito', directory, 'cognito')),
      waitUntilReady(api, info.apiUrl, seeLog('The API', directory, 'api')),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  writeFileSync(path.join(directory, 'stack.json'), `${JSON.stringify(info, undefined, 2)}\n`);
  return { info, ended: Promise.race(services.map((service) => service.ended)), stop };
}

const data = ['dynamodb', 'cognito'];
const leftovers = ['stack.json', 'bundles', 'logs'];

/** Removes what an earlier run has left here, its data on a reset alone, and nothing that the stack has not made. */
function prepareDirectory(directory: string, reset = false): void {
  try {
    mkdirSync(directory, { recursive: true });
    for (const name of reset ? [...leftovers, ...data] : leftovers) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The local data cannot be kept in ${directory} (${reason}): set LOCAL_DIR to another folder.`);
  }
}

const seeLog = (what: string, directory: string, log: string) =>
  `${what} did not start: ${path.join(directory, 'logs', `${log}.log`)} says why.`;

function startDatabase({ directory, ports }: StackOptions): Service {
  const engine = dynamodbEngine(ports.dynamodb, path.join(directory, 'dynamodb'));
  return startService({ ...engine, cwd: directory, env: {}, logFile: path.join(directory, 'logs', 'dynamodb.log') });
}

function startCognito({ directory, ports }: StackOptions): Service {
  return startService({
    command: process.execPath,
    args: [require.resolve('cognito-local/lib/bin/start.js')],
    cwd: path.join(directory, 'cognito'),
    env: { HOST: host, PORT: String(ports.cognito), CODE: confirmationCode },
    logFile: path.join(directory, 'logs', 'cognito.log'),
  });
}

function startApi({ directory, ports, onLogLine }: StackOptions, info: StackInfo, lambdaPort: number): Service {
  const serverless = path.join(projectRoot, 'node_modules', 'serverless', 'bin', 'serverless.js');
  return startService({
    command: process.execPath,
    args: [
      ...['--import', 'tsx', serverless, 'offline', '--stage', 'local', '--region', info.region],
      ...['--httpPort', String(ports.api), '--lambdaPort', String(lambdaPort)],
    ],
    cwd: projectRoot,
    env: {
      AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
      AWS_REGION: info.region,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      DYNAMODB_ENDPOINT: info.dynamodbUrl,
      COGNITO_ENDPOINT: info.cognitoUrl,
      TOKEN_ISSUER: `${info.cognitoUrl}/${info.userPoolId}`,
      USER_POOL_CLIENT_ID: info.clientId,
      NODE_PATH: path.join(projectRoot, 'node_modules'),
      BUNDLE_FOLDER: path.relative(projectRoot, path.join(directory, 'bundles')),
    },
    logFile: path.join(directory, 'logs', 'api.log'),
    // Functions log JSON; the rest is serverless-offline talking about itself.
    onLine: (line) => line.startsWith('{') && onLogLine?.(line),
  });
}

async function prepareTable(database: Service | undefined, info: StackInfo, directory: string): Promise<void> {
  const reset = 'run "npm start -- --reset" to start empty';
  if (database) {
    const failure = `The database in ${directory} did not start: its data may be damaged; ${reset}.`;
    await waitUntilReady(database, info.dynamodbUrl, failure);
  }
  let asDescribed: boolean;
  try {
    asDescribed = await ensureTable(info.dynamodbUrl, info.tableName);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The database at ${info.dynamodbUrl} gives no table (${reason}): check DYNAMODB_ENDPOINT, or ${reset}.`,
    );
  }
  if (!asDescribed) throw new StartError(`The table in ${directory} is of another version of this project: ${reset}.`);
}
