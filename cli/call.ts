/** `npm run call -- GET /products --as admin@example.com`: one request to the API, all the way from the sign-in. */
import { connectToApi } from '../deployment/api';
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print, printError } from '../deployment/terminal';
import { findCaller, withCallerOptions, type CallerOptions } from './caller';
import { readHeaders } from './request-headers';

interface Options extends Target, CallerOptions {
  group?: string;
  data?: string;
  ifMatch?: string;
  header?: string[];
  showHeaders?: boolean;
}

const manual = {
  examples: [
    'GET "/products?limit=5" --as shopper@example.com',
    `PATCH /categories/01J8 --data '{"name":"Shoes"}' --if-match 1 --as admin@example.com`,
    `-i POST /categories --data '{"name":"Shoes"}' -H 'Idempotency-Key: shoes-1' --as admin@example.com`,
    'GET /categories --stage dev --login',
  ],
  exitCodes: { 0: 'The API has answered 2xx.', 1: 'It has not, and the last line before the answer says why.' },
};

export const program = withCallerOptions(newStageCommand('call', manual))
  .description('Signs in, gets credentials where an identity pool gives them out, and sends one request to the API.')
  .argument('<method>', 'GET, POST, PUT, PATCH or DELETE')
  .argument('<path>', 'path and query, as in /products?limit=5')
  .option('--group <group>', "with the authorizer iam, which of the user's groups to act for, if not the first")
  .option('--data <json>', 'the body')
  .option('--if-match <version>', 'the version that a change is based on')
  .option(
    '-H, --header <name: value>',
    'a header, as often as there are some; Authorization is set by the sign-in',
    (line: string, before?: string[]) => [...(before ?? []), line],
  )
  .option('-i, --show-headers', 'shows status and headers of the answer above its body')
  .action((method: string, path: string, options: Options) => runCommand(() => call(method, path, options)));

async function call(method: string, path: string, options: Options): Promise<void> {
  const init = readRequest(method.toUpperCase(), path, options);
  const deployment = await findDeployment(options);
  const caller = await findCaller(options, deployment);
  const tokens = await caller.signIn();
  printError(`Signed in as ${caller.email}.`);
  const send = await connectToApi(deployment, tokens, options.group);
  printError(
    deployment.identityPoolId === undefined
      ? 'The request carries the access token, with all groups of the user.'
      : `The request is signed with credentials of the identity pool ${deployment.identityPoolId}.`,
  );
  const response = await send(new Request(`${deployment.apiUrl}${path}`, init));
  printError(`${init.method} ${path} answered ${response.status}`);
  if (response.status === 403 && deployment.identityPoolId !== undefined && options.group === undefined) {
    printError('Credentials are those of one group. For a user in several, --group says which.');
  }
  if (options.showHeaders) print(`HTTP ${response.status} ${response.statusText}`, ...linesOf(response.headers), '');
  const text = await response.text();
  if (text !== '') print(...pretty(text).split('\n'));
  if (!response.ok) process.exitCode = 1;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function readRequest(method: string, path: string, { data, ifMatch, header = [] }: Options) {
  if (!methods.includes(method)) throw new Failure(`${method} is none of ${methods.join(', ')}.`);
  if (!path.startsWith('/')) throw new Failure(`The path ${path} must begin with a slash, as in /products.`);
  const headers = readHeaders(header);
  if (ifMatch !== undefined) {
    if (headers.has('if-match')) throw new Failure('The version is given twice: by --if-match and by a header.');
    headers.set('if-match', `"${ifMatch}"`);
  }
  if (data === undefined) return { method, headers };
  if (method === 'GET') throw new Failure('A GET has no body: leave --data out, or choose another method.');
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return { method, headers, body: data };
}

const linesOf = (headers: Headers) => [...headers].map(([name, value]) => `${name}: ${value}`);

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

export const main = (): Promise<void> => runProgram(program);
