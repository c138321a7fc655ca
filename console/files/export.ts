/** Products as a CSV file that an import reads: loaded when somebody exports, as the page can do without until then. */
import { csvLayout } from '../../cli/catalog/files/layout';
import { productColumns, toProductCells, toProductRecord } from '../../cli/catalog/files/product-record';
import type { Category, Product } from '../api/client';

export function productFile(products: readonly Product[], categories: readonly Category[]): string {
  const slugs = new Map(categories.map(({ id, slug }) => [id, slug]));
  const { begin, write, end } = csvLayout(productColumns, ',', true);
  const records = products
    .map((product) => toProductRecord(product, slugs.get(product.categoryId) ?? ''))
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  return `${begin}${records.map((record) => write(toProductCells(record, ','))).join('')}${end}`;
}
