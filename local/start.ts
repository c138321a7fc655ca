/** `npm start`: runs the local stack until Ctrl-C. */
import path from 'node:path';
import { inspect } from 'node:util';
import { StartError } from './processes/start-error';
import type { StackInfo } from '../deployment/stack-info';
import { print, printError } from '../deployment/terminal';
import { confirmationCode } from './cognito/settings';
import { readSettings } from './settings';
import { startStack } from './stack/stack';

async function run(): Promise<void> {
  const { stack: options, seed, withoutEffect } = readSettings(process.argv.slice(2), process.env);
  if (withoutEffect.length > 0) print(`Without effect on the local stack: ${withoutEffect.join(', ')}.`);
  const stack = await startStack({
    ...options,
    onMail: (to, text) => print(`Mail to ${to}: ${text}`),
    onLogLine: (line) => print(line),
  });
  try {
    // Loaded on demand: a start without it has no use for the Cognito SDK.
    if (seed) print(...(await (await import('./seed/seed')).seed(stack.info)).split('\n'));
  } catch (error) {
    await stack.stop();
    throw error;
  }
  print(...describe(stack.info).split('\n'));

  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
  });
  const outcome = await Promise.race([interrupted, stack.ended]);
  await stack.stop();
  if (outcome !== 'interrupted') {
    throw new StartError(`A part of the stack has ended by itself: ${path.join(options.directory, 'logs')} says why.`);
  }
}

const describeIdentityPool = ({ identityUrl, identityPoolId }: StackInfo) =>
  identityUrl && identityPoolId ? `\n  Identity   ${identityUrl}   pool ${identityPoolId}` : '';

const describe = (info: StackInfo) => `
  API        ${info.apiUrl}   authorizer ${info.authorizer}
  Docs       ${info.apiUrl}/docs   sign in and try calls
  Cognito    ${info.cognitoUrl}   pool ${info.userPoolId}   client ${info.clientId}
  DynamoDB   ${info.dynamodbUrl}   table ${info.tableName}${describeIdentityPool(info)}
  Sign in    sign up from Postman or as the README shows; the confirmation code is always ${confirmationCode}
  Postman    import postman/catalog.postman_collection.json and postman/local.postman_environment.json

  Ready. Ctrl-C stops it all.
`;

export async function main(): Promise<never> {
  try {
    await run();
    process.exit(0);
  } catch (error) {
    if (error instanceof StartError) printError(error.message);
    else printError(...inspect(error).split('\n'));
    process.exit(1);
  }
}
