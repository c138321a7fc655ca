/** Reads from the table what the search index is made of. */
import { keyOf as categoryKey } from '../catalog/category-item-store';
import { categoryList, productList } from '../catalog/list-store';
import { keyOf as productKey } from '../catalog/product-item-store';
import { statuses } from '../catalog/product-parameters';
import { kindOf, idOf } from '../changes/change-store';
import { readRange } from '../dynamodb/query-range';
import { getItems } from '../dynamodb/read';
import type { SearchableCategory } from './categories';
import { searchable, type Searchable } from './entry';
import type { ProductIndex } from './product-index';

// As many products of 1 kB are the megabyte that DynamoDB ends a page at. Without a limit the embedded engine reads the rest of
// the partition for each page, which of a million products takes longer than a request may.
const limit = 1_000;
const whole = { from: '0', to: '~', limit };

/** Some of what the index is made of. */
export interface Records {
  products: Searchable[];
  categories: SearchableCategory[];
}

/** Hands over all products and categories, as far as their index knows them: what has just been written may be missing. */
export async function readAll(take: (records: Records) => void): Promise<void> {
  await Promise.all([
    ...statuses.map(async (status) => {
      const range = { ...productList({ status }), ...whole, fields: searchable };
      for await (const products of readRange<Searchable>(range)) take({ products, categories: [] });
    }),
    (async () => {
      const range = { ...categoryList(), ...whole, fields: ['id', 'name', 'parentId'] };
      for await (const categories of readRange<SearchableCategory>(range)) take({ products: [], categories });
    })(),
  ]);
}

/** Records that are read again together. */
export const mostReadAgain = 1_000;

/** Reads these records, by the keys of their partitions, as the last acknowledged writes left them. */
export async function readAgain(pks: string[], into: ProductIndex): Promise<void> {
  const ids = { product: new Array<string>(), category: new Array<string>() };
  for (const pk of pks) ids[kindOf(pk)].push(idOf(pk));
  const products = await getItems<Searchable>(ids.product.map(productKey));
  into.apply(
    products.flatMap((product) => product ?? []),
    ids.product.filter((_, position) => !products[position]),
  );
  const categories = await getItems<SearchableCategory>(ids.category.map(categoryKey));
  for (const [position, id] of ids.category.entries()) {
    const category = categories[position];
    if (category) into.categories.set(category);
    else into.categories.delete(id);
  }
}
