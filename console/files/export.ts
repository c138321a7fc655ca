/** Products and categories as files that an import reads: loaded when somebody exports, as the page can do without until then. */
import { categoryColumns, toCategoryCells, toCategoryRecord } from '../../cli/catalog/files/category-record';
import { layoutOf, type Layout } from '../../cli/catalog/files/layout';
import { toProductRecord } from '../../cli/catalog/files/product-record';
import { productColumns, toProductCells } from '../../cli/catalog/files/product-table';
import type { Category, Product } from '../api/client';
import { separator } from '../ui/price';

export type Format = 'csv' | 'json';

/** By SKU. */
export function productFile(products: readonly Product[], categories: readonly Category[], format: Format): string {
  const slugs = slugsOf(categories);
  const records = products.map((product) => toProductRecord(product, slugs.get(product.categoryId) ?? ''));
  const layout = layoutOf({ format, delimiter: delimiter() }, productColumns, toProductCells);
  return textOf(
    records.toSorted((a, b) => (a.sku < b.sku ? -1 : 1)),
    layout,
  );
}

/** By slug. */
export function categoryFile(categories: readonly Category[], format: Format): string {
  const slugs = slugsOf(categories);
  const records = categories.map((category) => toCategoryRecord(category, slugs.get(category.parentId ?? '')));
  const layout = layoutOf({ format, delimiter: delimiter() }, categoryColumns, toCategoryCells);
  return textOf(
    records.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)),
    layout,
  );
}

/** Where the reader's language has a comma before decimals, spreadsheets split a file at semicolons: of commas they make one column. */
const delimiter = () => (separator() === ',' ? ';' : ',');

const slugsOf = (categories: readonly Category[]) => new Map(categories.map(({ id, slug }) => [id, slug]));

const textOf = <Item>(items: readonly Item[], { begin, write, between, end }: Layout<Item>) =>
  `${begin}${items.map(write).join(between)}${end}`;
