/** `npm start`: runs the local stack until Ctrl-C. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { StartError } from './processes/start-error';
import { projectRoot } from '../deployment/service';
import type { StackInfo } from '../deployment/stack-info';
import { startStack } from './stack/stack';
import { confirmationCode } from './cognito/user-pool';

const isPort = (value: string) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535;
const port = (preset: number) => z._default(z.pipe(z.string().check(z.refine(isPort)), z.transform(Number)), preset);

const environment = z.object({
  API_PORT: port(3000),
  COGNITO_PORT: port(9229),
  DYNAMODB_PORT: port(8000),
  IDENTITY_PORT: port(9230),
  DYNAMODB_ENDPOINT: z.optional(z.url()),
  LOCAL_DIR: z._default(z.string(), path.join(projectRoot, '.local')),
});

function readSettings() {
  const parsed = environment.safeParse(process.env);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new StartError(`These environment variables have wrong values: ${names}. The README lists what they may be.`);
  }
  return { ...parsed.data, ...readFlags() };
}

const authorizerType = z.enum(['jwt', 'lambda', 'iam']);

function readFlags() {
  let flags;
  try {
    flags = parseArgs({
      options: {
        reset: { type: 'boolean' },
        seed: { type: 'boolean' },
        authorizer: { type: 'string' },
        param: { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${reason}. There are --reset, --seed, --authorizer and --param.`);
  }
  const parameters = Object.fromEntries((flags.param ?? []).map(readParameter));
  const authorizer = authorizerType.safeParse(flags.authorizer ?? parameters['authorizer'] ?? 'jwt');
  if (!authorizer.success) throw new StartError('The authorizer can be jwt, lambda or iam.');
  return {
    reset: flags.reset,
    seed: flags.seed,
    authorizer: authorizer.data,
    parameters: { ...parameters, authorizer: authorizer.data },
  };
}

function readParameter(text: string): [name: string, value: string] {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new StartError(`--param ${text} is not of the form name=value.`);
  return [name, value];
}

async function main(): Promise<void> {
  const settings = readSettings();
  const stack = await startStack({
    directory: path.resolve(settings.LOCAL_DIR),
    ports: {
      api: settings.API_PORT,
      cognito: settings.COGNITO_PORT,
      dynamodb: settings.DYNAMODB_PORT,
      identity: settings.IDENTITY_PORT,
    },
    authorizer: settings.authorizer,
    parameters: settings.parameters,
    dynamodbEndpoint: settings.DYNAMODB_ENDPOINT,
    reset: settings.reset,
    onLogLine: (line) => console.log(line),
  });
  try {
    // Loaded on demand: a start without it has no use for the Cognito SDK.
    if (settings.seed) console.log(await (await import('./seed/seed')).seed(stack.info));
  } catch (error) {
    await stack.stop();
    throw error;
  }
  console.log(describe(stack.info));

  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'));
  });
  const outcome = await Promise.race([interrupted, stack.ended]);
  await stack.stop();
  if (outcome !== 'interrupted') {
    throw new StartError(`A part of the stack has ended by itself: ${path.join(settings.LOCAL_DIR, 'logs')} says why.`);
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

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StartError ? error.message : error);
    process.exit(1);
  },
);
