/** Lists over all statuses while products change between any two reads of the database. */
import fc from 'fast-check';
import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, send } from '../support/catalog';
import { rounds } from '../support/depth';
import { productPages } from '../support/pages';

/** Called before each read of an index, and of the records that it has named. */
const gate: { beforeRead?: ((command: string) => Promise<unknown>) | undefined } = {};

documents.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (args) => {
      if (commandName === 'BatchGetItemCommand' || 'IndexName' in args.input) await gate.beforeRead?.(commandName);
      return next(args);
    },
  { step: 'initialize' },
);
afterEach(() => {
  gate.beforeRead = undefined;
});

const stock: { ids: string[]; category: string; elsewhere: string } = { ids: [], category: '', elsewhere: '' };
const statuses = ['draft', 'active', 'archived'] as const;

beforeAll(async () => {
  [stock.category, stock.elsewhere] = [(await createCategory()).id, (await createCategory()).id];
  for (let number = 0; number < 12; number += 1) {
    stock.ids.unshift((await createProduct(stock.category, { status: statuses[number % 3] })).id);
  }
});

const change = fc.record({
  place: fc.nat({ max: 11 }),
  body: fc.oneof(
    fc.record({ status: fc.constantFrom(...statuses) }),
    fc.record({ price: fc.record({ amount: fc.nat({ max: 9 }) }) }),
    fc.record({ sku: fc.stringMatching(/^[A-Z]{12}$/), name: fc.stringMatching(/^[a-z]{12}$/) }),
  ),
});

it.each([
  ['of the catalogue', () => ({})],
  ['of a category', () => ({ categoryId: stock.category })],
])('GET /admin/products %s shows what is there throughout once, whatever it becomes', async (_, filter) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 4, maxLength: 12 }),
      fc.integer({ min: 2, max: 7 }),
      async (changes, limit) => {
        const coming = changes.values();
        gate.beforeRead = async () => {
          const { value } = coming.next();
          if (!value) return;
          const id = stock.ids[value.place] ?? '';
          const { status } = await send('PATCH /products/{productId}', { id, body: value.body });
          expect([200, 409]).toContain(status);
        };
        const pages = await productPages('GET /admin/products', { ...filter(), limit: String(limit) });
        expect(pages.flat().map(({ id }) => id)).toEqual(stock.ids);
      },
    ),
    { numRuns: rounds(25) },
  );
});

it.each([
  ['a category', {}, 2],
  ['a category and all below it', { descendants: 'true' }, 3],
])('GET /admin/products of %s leaves out what goes or moves away before it is read', async (_, query, expected) => {
  const [gone, moved] = [await createProduct(stock.category), await createProduct(stock.category)];
  let reads = 0;
  gate.beforeRead = async (command) => {
    reads += 1;
    if (command !== 'BatchGetItemCommand') return;
    gate.beforeRead = undefined;
    await send('DELETE /products/{productId}', { id: gone.id });
    await send('PATCH /products/{productId}', { id: moved.id, body: { categoryId: stock.elsewhere } });
  };
  const pages = await productPages('GET /admin/products', { categoryId: stock.category, limit: '100', ...query });
  expect(reads).toBe(expected);
  expect(pages.flat().map(({ id }) => id)).toEqual(stock.ids);
});
