/** Where serverless.yml, the entries and the policy say different things of a route: sentences that name file and line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readService } from '../../deployment/service';

const policyFile = 'src/access/policy.ts';
const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');

/** `file:line` of the first line that has the text, or the file alone where none has. */
function placeOf(file: string, text: string): string {
  const index = read(file)
    .split('\n')
    .findIndex((line) => line.includes(text));
  return index < 0 ? file : `${file}:${index + 1}`;
}

/** `serverless.yml:line` of a route, which is written on one line or on two. */
function placeOfRoute(routeKey: string): string {
  const text = read('serverless.yml');
  const found = [...text.matchAll(/method: (?<method>\w+),?\s+path: '?(?<path>[^\s',]+)/g)].find(
    ({ groups: { method, path } = {} }) => `${method} ${path}` === routeKey,
  );
  if (!found) throw new Error(`${routeKey} is written in serverless.yml in another way`);
  return `serverless.yml:${text.slice(0, found.index).split('\n').length}`;
}

/** Routes that only one of serverless.yml and the policy has. */
export function routesApart(policy: Readonly<Record<string, string>>): string[] {
  const routeKeys = readService().routes.map(({ routeKey }) => routeKey);
  return [
    ...routeKeys
      .filter((routeKey) => !Object.hasOwn(policy, routeKey))
      .map((routeKey) => `${placeOfRoute(routeKey)}: ${routeKey} has no level in ${policyFile}`),
    ...Object.keys(policy)
      .filter((routeKey) => !routeKeys.includes(routeKey))
      .map((routeKey) => `${placeOf(policyFile, `'${routeKey}'`)}: ${routeKey} is no route of serverless.yml`),
  ];
}

/** What to say of an entry whose access rule lets these groups in or keeps them out, against the policy. */
export function entryApart(
  functionName: string,
  routeKey: string,
  groups: readonly string[],
  allowed: boolean,
): string {
  const who = groups.length > 0 ? groups.join(' + ') : 'nobody in any group';
  const [does, says] = allowed ? ['refuses', 'lets them in'] : ['lets in', 'does not'];
  const entry = placeOf(`functions/${functionName}.ts`, 'access:');
  return `${entry}: ${does} ${who} for ${routeKey}; ${placeOf(policyFile, `'${routeKey}'`)} ${says}`;
}
