/** Every operation of docs/openapi.json under a fuzzer, as each kind of caller. */
import path from 'node:path';
import { policy } from '../../src/access/policy';
import { attackedStack } from '../support/attacked-stack';
import { fuzz } from '../support/fuzzer';
import { folderOf } from '../support/stack';
import { scanTable } from '../support/stack-table';
import { accessClaims, sign } from '../support/tokens';

const stack = attackedStack();
const operations = Object.keys(policy);
const phases = ['examples', 'coverage', 'fuzzing', 'stateful'];
const minutes = 60_000;

const fuzzAs = (caller: string, seconds: number, groups?: string[]) =>
  fuzz({
    apiUrl: stack.apiUrl,
    token: groups && sign(accessClaims(stack, groups)),
    seconds,
    folder: path.join(folderOf('jwt'), `fuzzed-by-${caller}`),
  });

it(
  'an admin gets no 5xx, no undocumented status and nothing outside its schema, and every operation has served some',
  async () => {
    const report = await fuzzAs('admin', 90, ['admin']);
    expect(report.operations.tested).toBe(operations.length);
    expect(report.phases).toEqual(
      Object.fromEntries(phases.map((phase) => [phase, expect.objectContaining({ status: 'success' })])),
    );
    expect(report.test_cases.generated).toBeGreaterThan(500);
    const served = Object.entries(report.valid_rates).filter(([, rates]) =>
      Object.values(rates).some(({ accepted }) => accepted > 0),
    );
    expect(served.map(([operation]) => operation).sort()).toEqual([...operations].sort());
  },
  4 * minutes,
);

it.each([
  ['a user', 'user', ['user']],
  ['a caller without a token', 'nobody', undefined],
])(
  '%s gets as little wrong, and writes nothing',
  async (_, caller, groups) => {
    const before = await scanTable(stack);
    const report = await fuzzAs(caller, 45, groups);
    expect(report.operations.tested).toBe(operations.length);
    expect(report.test_cases.generated).toBeGreaterThan(200);
    expect(await scanTable(stack)).toEqual(before);
  },
  4 * minutes,
);
