/** `npm start`: runs the local stack until Ctrl-C. */
import path from 'node:path';
import { inspect } from 'node:util';
import { StartError } from './processes/start-error';
import type { StackInfo } from '../deployment/stack-info';
import { print, printError } from '../deployment/terminal';
import { confirmationCode } from './cognito/settings';
import { imagesBucket } from './s3/image-store';
import { readSettings } from './settings';
import { startStack, type Stack } from './stack/stack';

async function run(): Promise<void> {
  const { stack: options, seed, events, withoutEffect } = readSettings(process.argv.slice(2), process.env);
  if (withoutEffect.length > 0) print(`Without effect on the local stack: ${withoutEffect.join(', ')}.`);
  // What the seeding itself does is told by its tables.
  const shown = { since: seed ? Infinity : 0 };
  const printIfShown = (time: number, line: string) => time > shown.since && print(line);
  const stack = await startStack({
    ...options,
    onMail: (to, text) => printIfShown(Date.now(), `Mail to ${to}: ${text}`),
    onLogLine: (line) => printIfShown(timeOf(line), line),
    onEvent: events ? (line) => print(line) : undefined,
    onEventFailure: (line) => print(line),
  });
  try {
    if (seed) {
      // Loaded on demand: a start without it has no use for the Cognito SDK.
      const tables = await (await import('./seed/seed')).seed(stack.info);
      print('', ...tables.map((line) => `  ${line}`.trimEnd()));
      shown.since = Date.now();
    }
  } catch (error) {
    await stack.stop();
    throw error;
  }
  print(...describe(stack).split('\n'));

  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
  });
  const outcome = await Promise.race([interrupted, stack.ended]);
  await stack.stop();
  if (outcome !== 'interrupted') {
    throw new StartError(`A part of the stack has ended by itself: ${path.join(options.directory, 'logs')} says why.`);
  }
}

/** When a function logged this, in milliseconds: the line may arrive after the answer. */
function timeOf(line: string): number {
  const time = Date.parse(/"timestamp":"([^"]+)"/.exec(line)?.[1] ?? '');
  return Number.isNaN(time) ? Date.now() : time;
}

const describeIdentityPool = ({ identityUrl, identityPoolId }: StackInfo) =>
  identityUrl && identityPoolId ? `\n  Identity   ${identityUrl}   pool ${identityPoolId}` : '';

const describeImages = ({ imagesUrl }: StackInfo) =>
  imagesUrl ? `\n  S3         ${imagesUrl}   bucket ${imagesBucket}` : '';

const describeSignIn = (selfSignUp: boolean) =>
  selfSignUp
    ? `sign up from Postman or as the README shows; the confirmation code is always ${confirmationCode}`
    : 'nobody can sign up: invite by "npm run users -- invite <address>", and the temporary password is shown here';

const describe = ({ info, selfSignUp }: Stack) => `
  API        ${info.apiUrl}   authorizer ${info.authorizer}
  Docs       ${info.apiUrl}/docs   sign in and try calls
  Console    ${info.apiUrl}/console   work on the catalogue in a browser
  Cognito    ${info.cognitoUrl}   pool ${info.userPoolId}   client ${info.clientId}
  DynamoDB   ${info.dynamodbUrl}   table ${info.tableName}${describeImages(info)}${describeIdentityPool(info)}
  Sign in    ${describeSignIn(selfSignUp)}
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
