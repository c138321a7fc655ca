/** Every operation of docs/openapi.json under a fuzzer, as each kind of caller. */
import path from 'node:path';
import { policy } from '../../src/access/policy';
import { attackedStack } from '../support/attacked-stack';
import { fuzz } from '../support/fuzzer';
import { loggedRequests } from '../support/logged-requests';
import { folderOf, send } from '../support/stack';
import { categoryIn } from '../support/representations';
import { scanTable } from '../support/stack-table';
import { accessClaims, sign } from '../support/tokens';

const stack = attackedStack();
const operations = Object.keys(policy);
const phases = ['examples', 'coverage', 'fuzzing', 'stateful'];
const minutes = 60_000;

let categoryId: string;
beforeAll(async () => {
  const request = { token: sign(accessClaims(stack, ['admin'])), body: { name: 'Of fuzzed products' } };
  categoryId = categoryIn(await send(stack.apiUrl, 'POST', '/categories', request)).id;
});

interface Bounds {
  seconds: number;
  /** More than so many are wanted: a machine that is busy is given twice the time for them, and twice that. */
  cases: number;
}

async function fuzzAs(
  caller: string,
  { seconds, cases }: Bounds,
  groups?: string[],
  tries = 3,
): ReturnType<typeof fuzz> {
  const report = await fuzz({
    apiUrl: stack.apiUrl,
    token: groups && sign(accessClaims(stack, groups)),
    categoryId,
    seconds,
    folder: path.join(folderOf('jwt'), `fuzzed-by-${caller}`),
  });
  if (report.test_cases.generated > cases || tries === 1) return report;
  return fuzzAs(caller, { seconds: 2 * seconds, cases }, groups, tries - 1);
}

it(
  'an admin gets no 5xx, no undocumented status and nothing outside its schema, from any operation',
  async () => {
    const before = loggedRequests(folderOf('jwt')).length;
    const report = await fuzzAs('admin', { seconds: 90, cases: 500 }, ['admin']);
    expect(report.operations.tested).toBe(operations.length);
    expect(report.phases).toEqual(
      Object.fromEntries(phases.map((phase) => [phase, expect.objectContaining({ status: 'success' })])),
    );
    expect(report.test_cases.generated).toBeGreaterThan(500);
    const answered = loggedRequests(folderOf('jwt')).slice(before);
    const letIn = answered.filter(({ status }) => status !== 403).map(({ route }) => route);
    expect([...new Set(letIn)].sort()).toEqual([...operations].sort());
    for (const route of ['POST /categories', 'POST /products']) {
      expect(answered).toContainEqual(expect.objectContaining({ route, status: 201 }));
    }
  },
  12 * minutes,
);

it.each<[string, string, string[] | undefined, number[]]>([
  ['a user', 'user', ['user'], [200, 403]],
  ['a caller without a token', 'nobody', undefined, []],
])(
  '%s gets as little wrong, and writes nothing',
  async (_, caller, groups, statuses) => {
    const [requests, items] = [loggedRequests(folderOf('jwt')).length, await scanTable(stack)];
    const report = await fuzzAs(caller, { seconds: 30, cases: 200 }, groups);
    expect(report.operations.tested).toBe(operations.length);
    expect(report.test_cases.generated).toBeGreaterThan(200);
    // Who has a token gets past the gateway, and nobody else.
    const answered = loggedRequests(folderOf('jwt')).slice(requests);
    expect(answered.map(({ status }) => status)).toEqual(statuses.length === 0 ? [] : expect.arrayContaining(statuses));
    expect(await scanTable(stack)).toEqual(items);
  },
  12 * minutes,
);
