/** The processes that make up the local stack. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { localCredentials } from '../account';
import { dynamodbEngine } from '../database/engine';
import { startService, type Service } from '../processes/processes';
import { StartError } from '../processes/start-error';
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

export function startDatabase({ directory, ports }: StackOptions): Service {
  const engine = dynamodbEngine(ports.dynamodb, path.join(directory, 'dynamodb'));
  return startService({ ...engine, cwd: directory, env: {}, logFile: logFile(directory, 'dynamodb') });
}

/** What the API's process must know of the others, and they of it. */
export interface Connections {
  /** Where functions can be invoked, as with Lambda's own API. */
  lambdaPort: number;
  templateFile: string;
  sessionSecret: string;
  bundles: Bundles;
}

/** Where a function can be invoked. */
export const functionUrl = ({ lambdaPort }: Pick<Connections, 'lambdaPort'>, name: string) =>
  `http://${host}:${lambdaPort}/2015-03-31/functions/admin-catalog-local-${name}/invocations`;

/** Those of web pages that may use the stack. */
export const corsOrigins = ({ parameters }: StackOptions): string[] =>
  (parameters['corsOrigins'] ?? process.env['CORS_ORIGINS'] ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');

export function startApi(options: StackOptions, info: StackInfo, connections: Connections): Service {
  const { directory, ports, parameters, onLogLine } = options;
  const { lambdaPort, templateFile, sessionSecret, bundles } = connections;
  return startService({
    ...serverless(options, info, ['offline', ...['--httpPort', String(ports.api), '--lambdaPort', String(lambdaPort)]]),
    env: {
      ...environment(info),
      AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
      AWS_REGION: info.region,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      STACK_AUTHORIZER: info.authorizer,
      DYNAMODB_ENDPOINT: info.dynamodbUrl,
      COGNITO_ENDPOINT: info.cognitoUrl,
      AUTHORIZE_URL: functionUrl(connections, 'authorize'),
      AUTHORIZER_CACHE_SECONDS: parameters['authorizerCacheSeconds'] ?? '0',
      COMPILED_TEMPLATE: templateFile,
      SESSION_SECRET: sessionSecret,
      NODE_PATH: path.join(projectRoot, 'node_modules'),
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

const environment = ({ cognitoUrl, userPoolId, clientId }: StackInfo) => ({
  TOKEN_ISSUER: `${cognitoUrl}/${userPoolId}`,
  USER_POOL_ID: userPoolId,
  USER_POOL_CLIENT_ID: clientId,
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
