import { setImmediate as turn } from 'node:timers/promises';
import type { ReadEntry } from '../../../../cli/catalog/entries';
import { importRows, type Result } from '../../../../cli/catalog/import';
import { Rejection } from '../../../../cli/catalog/rejection';
import type { Row } from '../../../../cli/catalog/files/row';
import { Failure } from '../../../../deployment/failure';

async function* rowsOf(...keys: string[]): AsyncGenerator<Row> {
  for (const [index, sku] of keys.entries()) {
    await turn();
    yield { line: index + 2, original: { sku }, record: sku };
  }
}

const running = new AbortController().signal;
const numbers = (count: number) => Array.from({ length: count }, (_, number) => String(number));

/** Applies an entry by its key. */
const entriesBy =
  (apply: (key: string) => Promise<unknown>): ReadEntry =>
  (record) => {
    const key = String(record);
    return { key, apply: async () => apply(key).then(() => ({ action: 'created', fields: [] })) };
  };

async function run(rows: AsyncIterable<Row>, readEntry: ReadEntry, options = { concurrency: 8, signal: running }) {
  const results: Result[] = [];
  const failure = await (async () => {
    for await (const result of importRows(rows, readEntry, options)) results.push(result);
  })().catch((error: unknown) => error);
  return { results, failure };
}

const keysOf = (results: Result[]) => results.flatMap((result) => (result.action === 'rejected' ? [] : [result.key]));

describe('importRows', () => {
  it.each([1, 3, 8])('has %i rows under way at most, and as many where there are enough', async (concurrency) => {
    const load = { now: 0, most: 0 };
    const entries = entriesBy(async (key) => {
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      for (let turns = 0; turns < 20 + (Number(key) % 5); turns += 1) await turn();
      load.now -= 1;
    });
    const { results } = await run(rowsOf(...numbers(50)), entries, { concurrency, signal: running });
    expect(load.most).toBe(concurrency);
    expect(keysOf(results).sort()).toEqual(numbers(50).sort());
  });

  it('goes on after rejected rows', async () => {
    const entries = entriesBy((key) =>
      Number(key) % 2 === 0 ? Promise.resolve() : Promise.reject(new Rejection(`${key} is odd`)),
    );
    const { results, failure } = await run(rowsOf(...numbers(4)), entries);
    expect(failure).toBeUndefined();
    expect(results).toEqual(
      expect.arrayContaining([
        { line: 2, key: '0', action: 'created', fields: [] },
        { line: 3, original: { sku: '1' }, action: 'rejected', reason: '1 is odd' },
        { line: 4, key: '2', action: 'created', fields: [] },
        { line: 5, original: { sku: '3' }, action: 'rejected', reason: '3 is odd' },
      ]),
    );
  });

  it('rejects rows that hold no record', async () => {
    const rows = (async function* (): AsyncGenerator<Row> {
      yield await Promise.resolve({ line: 2, original: {}, problem: 'is not JSON' });
    })();
    const { results } = await run(
      rows,
      entriesBy(() => Promise.resolve()),
    );
    expect(results).toEqual([{ line: 2, original: {}, action: 'rejected', reason: 'is not JSON' }]);
  });

  it('applies one row for a record alone, the first one, and names its line', async () => {
    const applied: string[] = [];
    const entries = entriesBy(async (key) => {
      applied.push(key);
      await turn();
    });
    const { results } = await run(rowsOf('A', 'B', 'A', 'A'), entries);
    expect(applied).toEqual(['A', 'B']);
    const rejected = results.filter(({ action }) => action === 'rejected');
    expect(rejected).toMatchObject([
      { line: 4, reason: 'A is in line 2 as well' },
      { line: 5, reason: 'A is in line 2 as well' },
    ]);
  });

  it('begins no further row once aborted, and tells of those that were under way', async () => {
    const interruption = new AbortController();
    const entries = entriesBy(async (key) => {
      if (key === '5') interruption.abort();
      for (let turns = 0; turns < 50; turns += 1) await turn();
    });
    const options = { concurrency: 4, signal: interruption.signal };
    const { results, failure } = await run(rowsOf(...numbers(50)), entries, options);
    expect(failure).toBeUndefined();
    expect(keysOf(results).sort()).toEqual(numbers(6));
  });

  it('begins no further row once one fails as all would, tells of the others under way, and throws', async () => {
    const begun: string[] = [];
    const failure = new Failure('ada@example.com is not an admin.');
    const entries = entriesBy(async (key) => {
      begun.push(key);
      if (key === '1') throw failure;
      for (let turns = 0; turns < 50; turns += 1) await turn();
    });
    const run1 = await run(rowsOf(...numbers(50)), entries, { concurrency: 4, signal: running });
    expect(run1.failure).toBe(failure);
    expect(begun.length).toBeLessThan(6);
    expect(keysOf(run1.results).sort()).toEqual(begun.filter((key) => key !== '1'));
  });
});
