/** The local stack: DynamoDB, Cognito, S3 and the API, started together and ended together. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readService } from '../../deployment/service';
import { stackFile, type StackInfo } from '../../deployment/stack-info';
import { readOrigins } from '../../resources/cors';
import { localCredentials, localRegion } from '../account';
import { clientId, consoleClientId } from '../cognito/clients';
import { userPoolId } from '../cognito/settings';
import { startUserPool } from '../cognito/user-pool';
import { ensureTable } from '../database/table';
import { groupRolePrefix, identityPoolId } from '../identity-pool/settings';
import { startEvents } from '../events/events';
import { newFunctionSocket, newSocket } from '../loopback/functions';
import { requireFreePort } from '../processes/ports';
import { waitUntilReady, type Service } from '../processes/processes';
import { StartError } from '../processes/start-error';
import { bundleApi } from './bundles';
import { prepareDirectory } from './directory';
import type { StackOptions } from './options';
import { compileTemplate, host, seeLog, startApi, startDatabase, startImages } from './services';

const tableName = 'admin-catalog-local';

export interface Stack {
  info: StackInfo;
  /** Whether anybody may sign up. */
  selfSignUp: boolean;
  /** Settles when any part ends. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts all parts and writes stack.json once they answer. Throws `StartError`, with nothing left running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, ports, authorizer, parameters, dynamodbEndpoint } = options;
  prepareDirectory(directory, options.reset);
  await requireFreePort(ports.api, 'API_PORT');
  await requireFreePort(ports.cognito, 'COGNITO_PORT');
  if (!dynamodbEndpoint) await requireFreePort(ports.dynamodb, 'DYNAMODB_PORT');
  if (authorizer === 'iam') await requireFreePort(ports.identity, 'IDENTITY_PORT');
  if (parameters['images'] !== 'off') await requireFreePort(ports.s3, 'S3_PORT');

  const info: StackInfo = {
    authorizer,
    authorizerCacheSeconds: Number(parameters['authorizerCacheSeconds'] ?? 0),
    apiUrl: `http://${host}:${ports.api}`,
    cognitoUrl: `http://${host}:${ports.cognito}`,
    dynamodbUrl: dynamodbEndpoint ?? `http://${host}:${ports.dynamodb}`,
    region: localRegion,
    userPoolId,
    clientId,
    tableName,
    ...(parameters['images'] !== 'off' && { imagesUrl: `http://${host}:${ports.s3}` }),
    ...(parameters['callbackUrl'] !== undefined && { callbackUrl: parameters['callbackUrl'] }),
    ...(authorizer === 'iam' && { identityUrl: `http://${host}:${ports.identity}`, identityPoolId, groupRolePrefix }),
  };
  const [functionSocket, eventSocket] = [newFunctionSocket(), newSocket('events')];
  const connections = {
    functionSocket: functionSocket.path,
    eventSocket: eventSocket.path,
    templateFile: path.join(directory, 'template', 'package', 'cloudformation-template-update-stack.json'),
    sessionSecret: randomBytes(32).toString('hex'),
  };
  const bundling = bundleApi(path.join(directory, 'bundles'));
  // A page at /docs signs in at the pool, as web applications do.
  const origins = [info.apiUrl, `http://localhost:${ports.api}`, ...readOrigins(parameters['corsOrigins'] ?? '')];
  const selfSignUp = readService(parameters).presets['selfSignUp'] !== 'closed';
  const services: Service[] = [];
  const stop = async () => {
    // The API first, so that what it has begun can still reach the others.
    for (const service of services.toReversed()) await service.stop();
    functionSocket.remove();
    eventSocket.remove();
  };
  try {
    const database = dynamodbEndpoint ? undefined : await startDatabase(options);
    if (database) services.push(database);
    const userPool = await startUserPool({
      directory: path.join(directory, 'cognito'),
      port: ports.cognito,
      functionSocket: functionSocket.path,
      consoleUrl: `${info.apiUrl}/console`,
      selfSignUp,
      parameters,
      origins,
      onMail: options.onMail,
    });
    services.push(userPool);
    if (authorizer === 'iam') {
      const { templateFile, sessionSecret } = connections;
      // Loaded on demand: the other authorizers have no use for it.
      const { startIdentityPool } = await import('../identity-pool/identity-pool');
      const { isCurrent } = userPool;
      const port = ports.identity;
      services.push(
        await startIdentityPool({ ...info, consoleClientId, port, origins, templateFile, sessionSecret, isCurrent }),
      );
    }
    const images = info.imagesUrl === undefined ? undefined : await startImages(options, functionSocket.path, origins);
    if (images) services.push(images);
    const databaseUrl = database?.url ?? info.dynamodbUrl;
    const { consoleSecret } = userPool;
    const credentials = images?.credentials ?? localCredentials;
    const made = { databaseUrl, consoleSecret, credentials, bundles: await bundling };
    const api = startApi(options, info, { ...connections, ...made });
    services.push(api);
    await Promise.all([
      prepareTable(database, info, directory),
      waitUntilReady(api, info.apiUrl, seeLog('The API', directory, 'api')),
      authorizer === 'iam' && compileTemplate(options, info, connections.templateFile),
    ]);
    if (options.webhook !== undefined || options.onEvent !== undefined) {
      services.push(await startEvents({ ...options, ...connections, databaseUrl, tableName }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  writeFileSync(stackFile(directory), `${JSON.stringify(info, undefined, 2)}\n`);
  return { info, selfSignUp, ended: Promise.race(services.map((service) => service.ended)), stop };
}

/** Without a database of the stack's own, it is the user's, which no start empties. */
async function prepareTable(database: Service | undefined, info: StackInfo, directory: string): Promise<void> {
  const { dynamodbUrl, tableName } = info;
  const reset = 'run "npm start -- --reset" to start empty';
  if (database) {
    const failure = `The database in ${directory} did not start: its data may be damaged; ${reset}.`;
    await waitUntilReady(database, dynamodbUrl, failure);
  }
  let asDescribed: boolean;
  try {
    asDescribed = await ensureTable(dynamodbUrl, tableName);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = database ? reset : 'check DYNAMODB_ENDPOINT';
    throw new StartError(`The database at ${dynamodbUrl} gives no table (${reason}): ${remedy}.`);
  }
  if (asDescribed) return;
  const otherVersion = 'is of another version of this project';
  if (database) throw new StartError(`The table in ${directory} ${otherVersion}: ${reset}.`);
  throw new StartError(
    `The table ${tableName} at ${dynamodbUrl} ${otherVersion}: delete it, or set DYNAMODB_ENDPOINT to another database.`,
  );
}
