/**
 * One policy, three enforcement points, the same decision everywhere: every route, for every set of groups, with every
 * authorizer. What comes out is docs/access-matrix.md, which must be what it was.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { groupNames, letsIn, matrixRoutes, spoofedGroups } from '../support/access-matrix';
import { consoleDecisions } from '../support/console-decisions';
import { decisionsFor, type Decision } from '../support/decisions';
import { markdownTable } from '../support/markdown-table';
import { newMember, removeGroups } from '../support/members';
import { runningStack } from '../support/stack';

const authorizers = ['jwt', 'lambda', 'iam'] as const;

const groupSets: Readonly<Record<string, readonly string[]>> = {
  none: [],
  ...Object.fromEntries(groupNames.map((name) => [name, [name]])),
  'all of these': groupNames,
  'another group': ['another-group'],
  'spoofed names': spoofedGroups,
};

const routes = matrixRoutes();
const routeKeys = routes.map(({ routeKey }) => routeKey);

type Column = Readonly<Record<string, Decision[]>>;

/** The decisions of one authorizer, by set of groups and in the order of the routes. */
async function columnOf(authorizer: (typeof authorizers)[number]): Promise<Column> {
  const stack = runningStack(authorizer);
  const column: Record<string, Decision[]> = {};
  for (const [name, groups] of Object.entries(groupSets)) {
    const tokens = await newMember(stack, `equality-${name.replace(/\W+/g, '-')}@example.com`, groups);
    column[name] = await decisionsFor(stack, tokens, groups, routeKeys);
  }
  return column;
}

const columns: Record<string, Column> = {};

beforeAll(async () => {
  const made = await Promise.all(authorizers.map(columnOf));
  authorizers.forEach((authorizer, index) => (columns[authorizer] = made[index] ?? {}));
});

afterAll(async () => {
  const own = Object.values(groupSets)
    .flat()
    .filter((name) => !groupNames.some((known) => known === name));
  for (const authorizer of authorizers) await removeGroups(runningStack(authorizer), own);
});

const decision = (authorizer: string, name: string, route: number) => columns[authorizer]?.[name]?.[route];

describe.each(routes.map(({ routeKey, level }, index) => ({ routeKey, level, index })))(
  '$routeKey',
  ({ level, index }) => {
    it.each(Object.entries(groupSets))('decides by the policy for the groups: %s', (name, groups) => {
      const allowed = letsIn(level, groups);
      for (const authorizer of authorizers) {
        const made = decision(authorizer, name, index);
        expect([authorizer, made === 'served']).toEqual([authorizer, allowed]);
      }
    });
  },
);

it('is written down in docs/access-matrix.md as it is', async () => {
  const file = path.join(projectRoot, 'docs', 'access-matrix.md');
  const written = readFileSync(file, 'utf8');
  const current = describeMatrix(await consoleDecisions(runningStack().apiUrl, 'equality-admin@example.com'));
  // Whoever changes the policy finds the new matrix here, and commits it.
  if (written !== current) writeFileSync(file, current);
  expect(written).toBe(current);
});

function describeMatrix(atConsole: string[][]): string {
  const names = Object.keys(groupSets);
  const summary = routeKeys.map((routeKey, index) => [
    `\`${routeKey}\``,
    ...names.map((name) => (decision('jwt', name, index) === 'served' ? 'served' : 'refused')),
  ]);
  const details = routeKeys.flatMap((routeKey, index) =>
    names.map((name) => [
      `\`${routeKey}\``,
      name,
      ...authorizers.map((authorizer) => decision(authorizer, name, index) ?? ''),
    ]),
  );
  return `# Access matrix

Every route, for users in every set of groups, called over HTTP with each authorizer: real users, real tokens, real
signatures. \`npm test\` writes this page and fails when it is not what it was. With \`iam\`, credentials are those of one group at
a time: who is in several is served where one of their groups is. Whoever comes by the [console](console.md) gets the same.

${markdownTable([['Route', ...names], ...summary])}

The spoofed names are ${spoofedGroups.map((name) => `\`${name}\``).join(', ')}: one user is in all of these groups.

## At the console

What a request to the console's own routes gets, by what it brings: "served" says who is signed in, and nothing of
the catalogue; what is handed on to the API, it decides as the other tables say.

${markdownTable(atConsole)}

## Who says no

${markdownTable([['Route', 'Groups', ...authorizers], ...details])}
`;
}
