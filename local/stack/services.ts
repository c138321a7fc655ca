/** The processes that make up the local stack. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { dynamodbEngine, embeddedEngine } from '../database/engine';
import { consoleClientId } from '../cognito/clients';
import { invokeFunction } from '../loopback/functions';
import { behindGuard, hiddenAddress, urlOf } from '../loopback/proxy';
import { startService, type Service } from '../processes/processes';
import { StartError } from '../processes/start-error';
import { startImageStore } from '../s3/image-store';
import type { BucketCredentials } from '../s3/post-policy';
import { projectRoot } from '../../deployment/service';
import type { StackInfo } from '../../deployment/stack-info';
import type { Bundles } from './bundles';
import { copyService } from './service-copy';
import type { StackOptions } from './options';

export const host = '127.0.0.1';

const logFile = (directory: string, name: string) => path.join(directory, 'logs', `${name}.log`);

/** Says where to look when a part does not start. */
export const seeLog = (what: string, directory: string, name: string) =>
  `${what} did not start: ${logFile(directory, name)} says why.`;

interface Database extends Service {
  /** For the functions, which need no guard. */
  url: string;
}

/** No web page has any use for the database. */
export async function startDatabase({ directory, ports: { dynamodb: port } }: StackOptions): Promise<Database> {
  const data = path.join(directory, 'dynamodb');
  const process = { cwd: directory, env: {}, logFile: logFile(directory, 'dynamodb') };
  const hidden = await hiddenAddress();
  const embedded = embeddedEngine(hidden, data);
  if (!embedded) return { ...startService({ ...dynamodbEngine(port, data), ...process }), url: urlOf({ host, port }) };
  const engine = startService({ ...embedded, ...process });
  return { ...(await behindGuard(engine, { port, origins: [], engine: hidden })), url: urlOf(hidden) };
}

/** Pages of these origins may upload. */
export const startImages = ({ directory, ports }: StackOptions, functionSocket: string, origins: string[]) =>
  startImageStore({
    directory: path.join(directory, 's3'),
    port: ports.s3,
    origins,
    onCreated: async (event) => {
      const { failed, payload } = await invokeFunction(functionSocket, { name: 'accept-image', event });
      if (failed) throw new Error(payload);
    },
  });

/** What the API's process must know of the others, and they of it. */
export interface Connections {
  databaseUrl: string;
  /** Where functions can be invoked, as with Lambda's own API. */
  functionSocket: string;
  /** Where the local EventBridge is, if it is wanted. */
  eventSocket: string;
  templateFile: string;
  sessionSecret: string;
  consoleSecret: string;
  /** Those of the functions. */
  credentials: Omit<BucketCredentials, 'sessionToken'> & Partial<BucketCredentials>;
  bundles: Bundles;
}

export function startApi(options: StackOptions, info: StackInfo, connections: Connections): Service {
  const { directory, ports, parameters, onLogLine } = options;
  const { databaseUrl, functionSocket, eventSocket, templateFile, sessionSecret } = connections;
  const { consoleSecret, credentials, bundles } = connections;
  return startService({
    ...serverless(options, info, ['offline', ...['--httpPort', String(ports.api), '--lambdaPort', functionSocket]]),
    env: {
      ...environment(info),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
      // The SDK would take the credentials of a profile, which may be the person's at AWS, before these.
      AWS_PROFILE: '',
      AWS_REGION: info.region,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // The framework's own: serverless-offline would write four lines about every request beside the function's one.
      SLS_LOG_LEVEL: 'warning',
      STACK_AUTHORIZER: info.authorizer,
      DYNAMODB_ENDPOINT: databaseUrl,
      COGNITO_ENDPOINT: info.cognitoUrl,
      FUNCTION_SOCKET: functionSocket,
      EVENT_SOCKET: eventSocket,
      CORS_ORIGINS: parameters['corsOrigins'] ?? '',
      AUTHORIZER_CACHE_SECONDS: parameters['authorizerCacheSeconds'] ?? '0',
      COMPILED_TEMPLATE: templateFile,
      SESSION_SECRET: sessionSecret,
      NODE_PATH: path.join(projectRoot, 'node_modules'),
      CONSOLE_CLIENT_SECRET: consoleSecret,
      CONSOLE_PAGE: bundles.consolePage,
      BUNDLE_FOLDER: bundles.folder,
      GATEWAY: bundles.gateway,
    },
    logFile: logFile(directory, 'api'),
    // Functions log JSON; the rest is serverless-offline talking about itself.
    onLine: (line) => line.startsWith('{') && onLogLine?.(line),
  });
}

/** Compiles the CloudFormation template, whose roles the local stack enforces. Throws `StartError`. */
export async function compileTemplate(options: StackOptions, info: StackInfo, templateFile: string): Promise<void> {
  const { directory } = options;
  const cwd = path.join(directory, 'template', 'service');
  copyService(cwd);
  const packaging = startService({
    ...serverless(options, info, ['package', '--package', path.dirname(templateFile), '--param', 'code=none']),
    cwd,
    env: environment(info),
    logFile: logFile(directory, 'template'),
  });
  await packaging.ended;
  if (!existsSync(templateFile)) throw new StartError(seeLog('The compilation of the template', directory, 'template'));
}

const environment = ({
  apiUrl,
  cognitoUrl,
  userPoolId,
  clientId,
  imagesUrl,
  identityUrl,
  identityPoolId,
}: StackInfo) => ({
  TOKEN_ISSUER: `${cognitoUrl}/${userPoolId}`,
  USER_POOL_ID: userPoolId,
  USER_POOL_CLIENT_ID: clientId,
  CONSOLE_CLIENT_ID: consoleClientId,
  API_URL: apiUrl,
  CONSOLE_URL: `${apiUrl}/console`,
  HOSTED_UI_URL: cognitoUrl,
  ...(imagesUrl !== undefined && { IMAGES_URL: imagesUrl, AWS_ENDPOINT_URL_S3: imagesUrl }),
  ...(identityUrl && identityPoolId && { IDENTITY_ENDPOINT: identityUrl, IDENTITY_POOL_ID: identityPoolId }),
});

function serverless({ parameters }: StackOptions, { region }: StackInfo, args: string[]) {
  const framework = path.join(projectRoot, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  return {
    command: process.execPath,
    args: [framework, ...args, '--stage', 'local', '--region', region, ...given],
    cwd: projectRoot,
  };
}
