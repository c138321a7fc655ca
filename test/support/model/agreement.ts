/** What the stack and the model must agree on once all is done: records, unique values, counts, versions, histories and lists. */
import * as z from 'zod/mini';
import { contentOf, rebuild } from '../histories';
import { category, product } from '../representations';
import { productsIn, withCount, type Catalogue, type CatalogueRequest } from './catalogue';
import { readList } from './lists';
import { apply } from './rules';
import type { Send, World } from './world';

const caller = 'ada';

export async function expectAgreement({ catalogue, word }: World, send: Send): Promise<void> {
  const read = (route: string, query: Record<string, string> = {}) => readList(send, { route, caller, query });

  const ours = ({ slug }: { slug: string }) => slug.startsWith(word);
  const categories = z.array(category).parse(await read('GET /categories', { limit: '100' }));
  expect(categories.filter(ours)).toEqual(categoriesOf(catalogue));

  for (const id of catalogue.past.keys()) {
    const kind = catalogue.products.has(id) || catalogue.deleted.has(id) ? 'product' : 'category';
    await expectHistory(catalogue, id, kind, send);
    if (kind === 'category')
      expect(await read('GET /admin/products', { categoryId: id })).toEqual(productsIn(catalogue, id));
  }
  for (const item of catalogue.products.values()) {
    product.parse(item);
    expect(await read('GET /admin/products', { sku: item.sku })).toEqual([item]);
    expect(await read('GET /admin/products', { slug: item.slug })).toEqual([item]);
  }
}

const categoriesOf = (catalogue: Catalogue) =>
  [...catalogue.categories.values()]
    .map((record) => withCount(catalogue, record))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));

/** Expects the history that the model knows, and that it leads to the record as it is. */
async function expectHistory(
  catalogue: Catalogue,
  id: string,
  kind: 'product' | 'category',
  send: Send,
): Promise<void> {
  const [route, query] = [`GET /admin/${kind === 'product' ? 'products' : 'categories'}/{id}/history`, { limit: '7' }];
  const entries = (await readList(send, { route, caller, id, query })).reverse();
  expect(entries.map(({ version, action, by }) => ({ version, action, by }))).toEqual(catalogue.past.get(id));
  const record = catalogue.products.get(id) ?? catalogue.categories.get(id);
  expect(rebuild(entries)).toEqual(record && contentOf(record));

  const reading: CatalogueRequest = { route: readingOf[kind], caller, id };
  expect(apply(catalogue, reading, await send(reading), true)).toBeUndefined();
}

const readingOf = { product: 'GET /admin/products/{productId}', category: 'GET /categories/{categoryId}' };
