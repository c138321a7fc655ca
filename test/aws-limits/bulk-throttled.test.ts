/** Bulk on a table that takes less than is sent to it, behind the limits of AWS. */
import type * as Bulk from '../support/bulk';
import type * as Catalog from '../support/catalog';
import { startLimited } from '../support/limited';
import { quickLatency } from '../support/quick-latency';
import type * as Contents from '../support/table-contents';

/** Of each partition key, a second: one for each new product of a list in an index. */
const writeUnits = 70;

let limited: Awaited<ReturnType<typeof startLimited>>;
let catalog: typeof Catalog;
let bulk: typeof Bulk;
let contents: typeof Contents;

beforeAll(async () => {
  limited = await startLimited({ writeUnits, latency: quickLatency });
  // Handlers read where their database is when they are loaded.
  Object.assign(process.env, { DYNAMODB_ENDPOINT: limited.endpoint });
  catalog = await import('../support/catalog');
  bulk = await import('../support/bulk');
  contents = await import('../support/table-contents');
});
afterAll(async () => {
  jest.restoreAllMocks();
  await limited.stop();
});

/** What became of each row; where the whole request was answered with 503, the same for all. */
async function write(rows: unknown[]): Promise<unknown[]> {
  const { status, body } = await catalog.send(bulk.bulkRoute, { body: { rows } });
  if (status === 503) return rows.map(() => body.code);
  return bulk.wordsOf(body.results as Parameters<typeof bulk.wordsOf>[0]);
}

const count = (words: unknown[], word: string) => words.filter((found) => found === word).length;

describe('POST /admin/products/bulk, on a throttled table', () => {
  it('tells of each row whether it was written, tries little, and has all written when sent again', async () => {
    const { id } = await catalog.createCategory();
    const requests = [1, 2, 3, 4].map(() => Array.from({ length: 100 }, () => catalog.productFields(id)));
    const before = limited.counts();
    // A minute later, no second passes, whatever the machine has to do: a key has what it has at once.
    const now = performance.now.bind(performance);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now() + 60_000);
    let words = (await Promise.all(requests.map(write))).flat();
    const after = limited.counts();

    expect(new Set(words)).toEqual(new Set(['created', 'busy']));
    expect(after.throttles).toBeGreaterThan(before.throttles);
    // Five for a hundred rows, and each of them twice more at most.
    expect(after.transactions - before.transactions).toBeLessThanOrEqual(4 * 5 * 3);

    let written = count(words, 'created');
    expect((await catalog.readCategory(id)).productCount).toBe(written);
    for (let again = 0; again < 10 && words.includes('busy'); again += 1) {
      words = [];
      // Each time a minute later: a key has what it has in a second, and what time gives it.
      clock.mockImplementation(() => now() + 60_000 * (again + 2));
      for (const rows of requests) words.push(...(await write(rows)));
      written += count(words, 'created');
      // A row that was refused has not been written since.
      expect(count(words, 'created') + count(words, 'unchanged') + count(words, 'busy')).toBe(400);
      expect((await catalog.readCategory(id)).productCount).toBe(written);
    }
    expect(written).toBe(400);
    await contents.expectSoundTable();
  });
});
