/** Where serverless.yml, the entries and the policy say different things of a route: sentences that name file and line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { projectRoot } from '../../deployment/service';

const policyFile = 'src/access/policy.ts';
const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');

/** `file:line` of the first line that has the text, or the file alone where none has. */
function placeOf(file: string, text: string): string {
  const index = read(file)
    .split('\n')
    .findIndex((line) => line.includes(text));
  return index < 0 ? file : `${file}:${index + 1}`;
}

/** `serverless.yml:line` of every route, under its route key. */
function placesOfRoutes(): Map<string, string> {
  const lineCounter = new LineCounter();
  const document = parseDocument(read('serverless.yml'), { lineCounter });
  const places = new Map<string, string>();
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'httpApi' || !isMap(value) || !value.has('path')) return;
      const line = lineCounter.linePos(value.range?.[0] ?? 0).line;
      places.set(`${String(value.get('method'))} ${String(value.get('path'))}`, `serverless.yml:${line}`);
    },
  });
  if (!isSeq(document.get('functions')) || places.size === 0) throw new Error('serverless.yml has another shape');
  return places;
}

/** Routes that only one of serverless.yml and the policy has. */
export function routesApart(policy: Readonly<Record<string, string>>): string[] {
  const places = placesOfRoutes();
  return [
    ...[...places]
      .filter(([routeKey]) => !Object.hasOwn(policy, routeKey))
      .map(([routeKey, place]) => `${place}: ${routeKey} has no level in ${policyFile}`),
    ...Object.keys(policy)
      .filter((routeKey) => !places.has(routeKey))
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
