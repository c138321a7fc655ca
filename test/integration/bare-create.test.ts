/** The baseline that the benchmark holds a create against: it must write what a create writes. */
import { handler as bareCreate } from '../../bench/baselines/bare-create';
import { productFields } from '../../bench/catalogue';
import { createCategory, createProduct } from '../support/catalog';
import { fakeEvent } from '../support/events';
import { expectSoundTable, readTable } from '../support/table-contents';

const readItems = async () => (await readTable()).map((item) => JSON.stringify(sorted(item)));

/** The items that `write` adds or changes, without what is different for every product. */
async function itemsOf(write: () => Promise<unknown>): Promise<unknown[]> {
  const before = await readItems();
  await write();
  const items = (await readItems()).filter((item) => !before.includes(item));
  return items.map((item): unknown => JSON.parse(withoutValues(item)));
}

const withoutValues = (item: string) =>
  item
    .replaceAll(/[0-7][0-9A-HJKMNP-TV-Z]{25}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
    .replaceAll(/(S|s)(KU|ku)-\d/g, 'sku')
    .replaceAll(/"(bare|admin-sub)"/g, '"author"')
    // A process has one of them for itself, and a record's id says which of these it has.
    .replaceAll(/COUNT#\d\d/g, 'COUNT')
    .replaceAll(/CHANGES#[0-3]/g, 'CHANGES')
    .replaceAll(/"(products|active|children|writes)":-?\d+/g, '"$1":0');

it('writes the items that POST /products writes, and leaves the table as sound', async () => {
  const { id: categoryId } = await createCategory();
  const product = await itemsOf(() => createProduct(categoryId, productFields('SKU-1', categoryId)));
  const bare = await itemsOf(() =>
    bareCreate(fakeEvent({ routeKey: 'POST /products', body: productFields('SKU-2', categoryId) })),
  );
  expect(product).toHaveLength(5);
  expect(bare).toEqual(product);
  await expectSoundTable();
});

/** Objects with their names in order, and lists in the order of their text: DynamoDB keeps neither for us. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
