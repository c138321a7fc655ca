import { setImmediate as turn } from 'node:timers/promises';
import { collect } from '../../../../cli/catalog/collect';
import { importRows, type Result } from '../../../../cli/catalog/import';
import type { EntryInFile, Importer, ReadRow } from '../../../../cli/catalog/importer';
import type { Outcome } from '../../../../cli/catalog/api/outcome';
import { Rejection } from '../../../../cli/catalog/rejection';
import type { Row } from '../../../../cli/catalog/files/row';
import { Failure } from '../../../../deployment/failure';

const running = new AbortController().signal;
const created: Outcome = { action: 'created', changes: [] };

interface Record extends Readonly<{ [field: string]: unknown }> {
  sku: string;
  slug?: string;
  slugFromName?: string;
  text?: string;
}

async function* rowsFrom(records: Record[]): AsyncGenerator<Row> {
  for (const [index, record] of records.entries()) {
    await turn();
    yield { line: index + 2, key: record.sku, original: [record.sku], record };
  }
}

/** A file that can be read again and again. */
const rowsOf = (records: Record[]) => () => rowsFrom(records);

/** Records of these SKUs. */
const named = (...skus: string[]): Record[] => skus.map((sku) => ({ sku }));
const many = (count: number): Record[] => named(...Array.from({ length: count }, (_, number) => `P-${number}`));

/** Notes the batches. */
function newImporter(outcome: (entry: EntryInFile) => Outcome | undefined = () => created, mostRows = 100) {
  const batches: EntryInFile[][] = [];
  const importer: Importer = {
    read: (record) => {
      const { sku, slug, slugFromName, ...text } = record as Record;
      if (sku === '') throw new Rejection('sku: must not be empty');
      return { key: sku, slug, slugFromName, fields: { sku, slug, ...text } };
    },
    describe: ({ changes }) => changes.map(({ pointer }) => `changed ${pointer}`),
    mostRows,
    apply: async (entries) => {
      batches.push(entries);
      await turn();
      return new Map(
        entries.flatMap((entry) => {
          const found = outcome(entry);
          return found ? [[entry.position, found] as const] : [];
        }),
      );
    },
  };
  return { importer, batches };
}

async function run(open: () => AsyncIterable<Row>, importer: Importer): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of importRows(open, importer, { concurrency: 4, signal: running })) results.push(result);
  return results;
}

const lines = (results: { line: number }[]) => results.map(({ line }) => line);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 2);

describe('importRows', () => {
  it('sends as many rows together as the importer takes, and gives results in the order of the file', async () => {
    const { importer, batches } = newImporter();
    const results = await run(rowsOf(many(250)), importer);
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(lines(batches.flat())).toEqual(upTo(250));
    expect(lines(results)).toEqual(upTo(250));
    expect(results[0]).toEqual({ position: 0, line: 2, key: 'P-0', action: 'created', fields: [], isChecked: false });
  });

  it('sends no more than 1 MiB together, in UTF-8', async () => {
    const { importer, batches } = newImporter();
    const records = many(20).map((record) => ({ ...record, text: 'ß'.repeat(60_000) }));
    expect(lines(await run(rowsOf(records), importer))).toEqual(upTo(20));
    expect(batches.map(({ length }) => length)).toEqual([8, 8, 4]);
    for (const batch of batches) {
      const body = JSON.stringify({ dryRun: false, rows: batch.map(({ fields }) => fields) });
      expect(Buffer.byteLength(body)).toBeLessThan(1024 * 1024);
    }
  });

  it('tells of rejected rows at their places, and sends those that hold no record nowhere', async () => {
    const { importer, batches } = newImporter(({ key }) =>
      key === 'B' ? { action: 'rejected', reason: '409: no' } : created,
    );
    const rows = async function* (): AsyncGenerator<Row> {
      yield* rowsFrom(named('A', 'B', ''));
      yield { line: 5, original: '{', problem: 'is not JSON' };
      yield { line: 6, original: ['C'], record: { sku: 'C' } };
    };
    expect(await run(rows, importer)).toEqual([
      { position: 0, line: 2, key: 'A', action: 'created', fields: [], isChecked: false },
      { position: 1, line: 3, key: 'B', original: ['B'], action: 'rejected', reason: '409: no' },
      { position: 2, line: 4, key: '', original: [''], action: 'rejected', reason: 'sku: must not be empty' },
      { position: 3, line: 5, key: undefined, original: '{', action: 'rejected', reason: 'is not JSON' },
      { position: 4, line: 6, key: 'C', action: 'created', fields: [], isChecked: false },
    ]);
    expect(batches.flat().map(({ key }) => key)).toEqual(['A', 'B', 'C']);
  });

  it('tells rows of one line apart, as JSON can have them', async () => {
    const { importer } = newImporter(({ key }) => {
      if (key === 'B') return { action: 'rejected', reason: 'B is held', mayPass: () => false };
      return key === 'C' ? { action: 'rejected', reason: '409: no' } : created;
    }, 2);
    const rows = async function* () {
      for await (const row of rowsFrom(named('A', 'B', 'C', 'D'))) yield { ...row, line: 1 };
    };
    const results = await run(rows, importer);
    expect(results.map(({ position, line, key, action }) => [position, line, key, action])).toEqual([
      [0, 1, 'A', 'created'],
      [2, 1, 'C', 'rejected'],
      [3, 1, 'D', 'created'],
      [1, 1, 'B', 'rejected'],
    ]);
  });

  it('asks nothing for rows that hold no record', async () => {
    const { importer, batches } = newImporter();
    expect(await run(rowsOf(named('', '', '')), importer)).toHaveLength(3);
    expect(batches).toEqual([]);
  });

  it.each([
    ['in one request', 100],
    ['in several', 1],
  ])('rejects a row for the SKU or the slug of an earlier one, and names its line, %s', async (_, mostRows) => {
    const { importer, batches } = newImporter(undefined, mostRows);
    const records = [{ sku: 'A', slug: 'a' }, { sku: 'B' }, { sku: 'A' }, { sku: 'C', slug: 'a' }, { sku: 'a' }];
    const results = await run(rowsOf(records), importer);
    expect(batches.flat().map(({ key }) => key)).toEqual(['A', 'B', 'a']);
    expect(results.filter(({ action }) => action === 'rejected')).toMatchObject([
      { line: 4, reason: 'A is in line 2 as well' },
      { line: 5, reason: 'the slug "a" is in line 2 as well' },
    ]);
  });

  it('rejects a row for the slug that the name of an earlier one may give, as that is open until it is written', async () => {
    const { importer, batches } = newImporter();
    const records = [
      { sku: 'A', slugFromName: 'boot' },
      { sku: 'B', slugFromName: 'boot' },
      { sku: 'C', slug: 'boot' },
    ];
    const results = await run(rowsOf(records), importer);
    expect(batches.flat().map(({ key }) => key)).toEqual(['A', 'B']);
    expect(results[2]).toMatchObject({
      action: 'rejected',
      reason: expect.stringContaining('name in line 3: say a slug'),
    });
  });

  it('sends rows whose names may give the slug of an earlier one after all others', async () => {
    const { importer, batches } = newImporter(undefined, 1);
    const records = [{ sku: 'A', slug: 'boot' }, { sku: 'B', slugFromName: 'boot' }, { sku: 'C' }];
    expect(lines(await run(rowsOf(records), importer))).toEqual([2, 4, 3]);
    expect(batches.flat().map(({ key }) => key)).toEqual(['A', 'C', 'B']);
  });

  it('sends rows that are told to wait when all before them are done, in the order that the importer gives them', async () => {
    const ended: string[] = [];
    const { importer } = newImporter(({ key }) => {
      ended.push(key);
      return created;
    }, 1);
    const apply = importer.apply.bind(importer);
    importer.apply = async (entries, signal) => {
      if (entries[0]?.key !== 'A') for (let turns = 0; turns < 20; turns += 1) await turn();
      return apply(entries, signal);
    };
    importer.arrange = async function* (rows) {
      const [a, b, c] = await collect(rows);
      yield* [c, b, { ...a, waits: true }] as ReadRow[];
    };
    expect(lines(await run(rowsOf(named('A', 'B', 'C')), importer))).toEqual([4, 3, 2]);
    expect(ended).toEqual(['C', 'B', 'A']);
  });

  it('tries rows again that others may have let pass, until none of them does', async () => {
    const free = new Set<string>();
    const { importer, batches } = newImporter(({ key, fields }) => {
      const { text = '' } = fields as Record;
      if (text !== '' && !free.has(text)) {
        return { action: 'rejected', reason: `${text} is not free`, mayPass: () => free.has(text) };
      }
      free.add(key);
      return created;
    }, 2);
    const records = [
      ...[{ sku: 'A', text: 'B' }, { sku: 'B', text: 'C' }, { sku: 'C' }],
      ...[
        { sku: 'D', text: 'E' },
        { sku: 'E', text: 'D' },
      ],
    ];
    const results = await run(rowsOf(records), importer);
    expect(batches.map((batch) => batch.map(({ key }) => key).join(''))).toEqual(['AB', 'CD', 'E', 'B', 'A']);
    expect(results.slice(3)).toEqual([
      { position: 3, line: 5, key: 'D', original: ['D'], action: 'rejected', reason: 'E is not free' },
      { position: 4, line: 6, key: 'E', original: ['E'], action: 'rejected', reason: 'D is not free' },
    ]);
  });

  it('leaves open what became of rows that were to be tried again when it is interrupted', async () => {
    const interruption = new AbortController();
    const { importer } = newImporter(({ key }) => {
      if (key !== 'B') return created;
      interruption.abort();
      return { action: 'rejected', reason: 'not yet', mayPass: () => true };
    }, 1);
    const options = { concurrency: 1, signal: interruption.signal };
    const results = await collect(importRows(rowsOf(named('A', 'B', 'C')), importer, options));
    expect(lines(results)).toEqual([2]);
  });

  it('says of changed rows what was changed', async () => {
    const { importer } = newImporter(() => ({ action: 'changed', changes: [{ pointer: '/name' }] }));
    expect(await run(rowsOf(named('A')), importer)).toEqual([
      { position: 0, line: 2, key: 'A', action: 'changed', fields: ['changed /name'], isChecked: false },
    ]);
  });

  it('has no result for a row without an outcome', async () => {
    const { importer } = newImporter(({ key }) => (key === 'B' ? undefined : created));
    expect(lines(await run(rowsOf(named('A', 'B', 'C')), importer))).toEqual([2, 4]);
  });

  it('throws what all rows would meet, after the results of those that were under way', async () => {
    const failure = new Failure('ada@example.com is not an admin.');
    const { importer } = newImporter(({ key }) => {
      if (key === 'B') throw failure;
      return created;
    }, 1);
    const results: Result[] = [];
    const importing = (async () => {
      const rows = rowsOf(named('A', 'B', 'C'));
      for await (const result of importRows(rows, importer, { concurrency: 4, signal: running })) results.push(result);
    })();
    await expect(importing).rejects.toBe(failure);
    expect(lines(results)).toContain(2);
    expect(lines(results)).not.toContain(3);
  });
});
