/** Random writes, and every product put together from its history alone. */
import fc from 'fast-check';
import { createCategory, readProduct, send } from '../support/catalog';
import { rounds } from '../support/depth';
import { contentOf, rebuild } from '../support/histories';
import { productHistory, readHistory } from '../support/history-pages';
import { expectProblem } from '../support/problems';
import { randomWrite, type RandomWrite } from '../support/random-products';
import { sendWrite } from '../support/random-writes';
import { productIn } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';

const writes = rounds(200);

const actions = { create: 'created', PUT: 'updated', PATCH: 'updated', DELETE: 'deleted', restore: 'restored' };

/** What was done to each product, by whom, oldest first: the writes that succeeded, by the id of their product. */
type Past = Map<string, { action: string; by: string }[]>;

const isDeleted = (past: Past, id: string) => past.get(id)?.at(-1)?.action === 'deleted';

/** Writes until so many have succeeded. Those that are refused must say why. */
async function write(randomWrites: Iterable<RandomWrite>): Promise<Past> {
  const categories: string[] = [];
  while (categories.length < 3) categories.push((await createCategory()).id);
  const categoryOf = (number: number) => (number < 9 && categories[number % 3]) || '01ARZ3NDEKTSV4RRFFQ69G5FAV';

  const past: Past = new Map();
  const idIn: string[] = [];
  let done = 0;
  for (const random of randomWrites) {
    const id = idIn[random.place] ?? '';
    const gone = isDeleted(past, id);
    const kind = id === '' ? 'create' : gone ? random.ifDeleted : random.ifLive;
    const by = `caller-${done}`;
    const answer = await sendWrite(kind, id, by, categoryOf(random.category), random);
    if (answer.status === 200 && productIn(answer).updatedBy !== by) {
      // It changes nothing, and so leaves nothing: the product is answered as somebody else has left it.
      expect(['PUT', 'PATCH']).toContain(kind);
    } else if (answer.status < 300) {
      const written = kind === 'create' ? productIn(answer).id : id;
      idIn[random.place] = written;
      past.set(written, [...(past.get(written) ?? []), { action: actions[kind], by }]);
      done += 1;
    } else {
      const reasons = ['sku_taken', 'slug_taken', 'category_not_found', gone ? 'not_found' : 'not_deleted'];
      expect(reasons).toContain(answer.body.code);
    }
    if (done === writes) break;
  }
  expect(done).toBe(writes);
  return past;
}

/** Compares what the history leads to with what is stored. */
async function expectTrueHistory(id: string, past: Past): Promise<void> {
  const history = (await readHistory(productHistory, id, { limit: '3' })).reverse();
  expect(history.map(({ action, by }) => ({ action, by }))).toEqual(past.get(id));
  const content = rebuild(history);
  if (isDeleted(past, id)) {
    expect(content).toBeUndefined();
    expectProblem(await send('GET /admin/products/{productId}', { id }), 404, 'not_found');
    return;
  }
  const product = await readProduct(id);
  const last = history.at(-1);
  expect(content).toStrictEqual(contentOf(product));
  expect(product).toMatchObject({ version: last?.version, updatedAt: last?.at, updatedBy: last?.by });
}

it(`rebuilds every product from its history alone after ${writes} random writes`, async () => {
  // A failure prints the seed: `{ seed: 123, numRuns: 1, … }` as the options here do the same again.
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(randomWrite), async (randomWrites) => {
      const past = await write(randomWrites.take(10 * writes));
      for (const id of past.keys()) await expectTrueHistory(id, past);
    }),
    { numRuns: 1, endOnFailure: true },
  );
  await expectSoundTable();
});
