/** What `npm start` is told: options of the command, and variables of the environment. */
import { InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { newCommand, usageError } from '../deployment/command';
import { keptByNpm } from '../deployment/npm-options';
import { localDirectory } from '../deployment/stack-info';
import { closedPorts } from './closed-ports';
import { StartError } from './processes/start-error';
import type { StackOptions } from './stack/options';
import { readParameters } from './stack/parameters';

export interface Settings {
  stack: StackOptions;
  /** Fill the stack with a small catalogue and two users. */
  seed: boolean;
  /** Print a line for every event. */
  events: boolean;
  /** The names of given parameters that only a deploy has a use for. */
  withoutEffect: string[];
}

/** Ends the process where only help is asked for. Throws `StartError`. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { seed = false, reset = false, events = false, authorizer, param, webhook } = readFlags(args, env);
  const { CORS_ORIGINS: corsOrigins } = env;
  const { withoutEffect, ...parameters } = readParameters([
    ...(corsOrigins ? [`corsOrigins=${corsOrigins}`] : []),
    ...param,
    ...(authorizer === undefined ? [] : [`authorizer=${authorizer}`]),
  ]);
  const stack = { directory: localDirectory(env), ...readEnvironment(env), ...parameters, reset, webhook };
  return { stack, seed, events, withoutEffect };
}

interface Flags {
  reset?: boolean;
  seed?: boolean;
  events?: boolean;
  webhook?: string;
  authorizer?: string;
  param: string[];
}

export const program = newCommand('start', {
  examples: [
    '',
    '--seed',
    '--reset --seed --authorizer iam',
    '--param reads=public --param mfa=optional',
    '--webhook http://127.0.0.1:4000/hook',
  ],
  exitCodes: {
    0: 'It was ended by Ctrl-C.',
    1: 'It could not start, or a part of it has ended: the last line says why.',
  },
})
  .description('Runs the API with its database and its user pool on this machine, until Ctrl-C.')
  .option('--seed', 'fills in a small catalogue and two users, and prints their passwords')
  .option('--reset', 'begins without any data')
  .option('--authorizer <type>', 'who stands at the gateway: jwt, lambda or iam (default: jwt)')
  .option('--events', 'prints a line for every event that a change becomes')
  .addOption(
    new Option('--webhook <url>', 'where every event is posted, as EventBridge does it').argParser((text) => {
      const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' };
      if (/^https?:$/.test(protocol)) return text;
      throw new InvalidArgumentError('It must be an address, as in http://127.0.0.1:4000/hook.');
    }),
  )
  .addOption(
    new Option('--param <name=value>', 'a parameter of a deploy, as in reads=public; can be repeated')
      .argParser((text, before: string[]) => [...before, text])
      .default([], 'none'),
  )
  .configureOutput({ outputError: () => undefined })
  .exitOverride(({ exitCode, message }) => {
    if (exitCode === 0) process.exit(0);
    throw new StartError(usageError(message, 'npm start --'));
  });

function readFlags(args: readonly string[], env: NodeJS.ProcessEnv): Flags {
  const refusal = keptByNpm(program, env);
  if (refusal !== undefined) throw new StartError(refusal);
  program.parse(args, { from: 'user' });
  return program.opts<Flags>();
}

const isPort = (value: string) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535;
const isOpened = (value: string) => !closedPorts.has(Number(value));
const port = (preset: number) =>
  z._default(
    z.pipe(
      z
        .string()
        .check(
          z.refine(isPort, { error: 'a port, from 1 to 65535', abort: true }),
          z.refine(isOpened, 'a port that browsers open, such as 3000'),
        ),
      z.transform(Number),
    ),
    preset,
  );

const environment = z.object({
  // The functions get it as it is; many another program has a variable of this name.
  LOG_LEVEL: z.optional(z.enum(['INFO', 'ERROR', 'SILENT'], 'INFO, ERROR or SILENT')),
  API_PORT: port(3000),
  COGNITO_PORT: port(9229),
  DYNAMODB_PORT: port(8000),
  IDENTITY_PORT: port(9230),
  S3_PORT: port(9231),
  DYNAMODB_ENDPOINT: z.optional(
    z.url({ protocol: /^https?$/, error: 'the address of a DynamoDB, as in http://127.0.0.1:8000' }),
  ),
});

function readEnvironment(env: NodeJS.ProcessEnv) {
  // A variable that is set to nothing is taken for one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = environment.safeParse(given);
  if (error) {
    const wrong = error.issues.map(({ path: [name = ''], message }) => `${String(name)} must be ${message}`);
    throw new StartError(`${wrong.join('; ')}: these variables of the environment have wrong values.`);
  }
  const { API_PORT: api, COGNITO_PORT: cognito, DYNAMODB_PORT: dynamodb, IDENTITY_PORT: identity, S3_PORT: s3 } = data;
  return { ports: { api, cognito, dynamodb, identity, s3 }, dynamodbEndpoint: data.DYNAMODB_ENDPOINT };
}
