/** The records of an export, each with the slug of the category that it names by its id. */
import type { Routes } from '../../deployment/routes';
import { Failure } from '../../deployment/failure';
import { categoriesOf, find, getCategory, getProduct, productsOf, readList } from './api/pages';
import { collect } from './collect';
import { storedCategory, toCategoryRecord, type ExportedCategory, type StoredCategory } from './files/category-record';
import { storedProduct, toProductRecord, type ExportedProduct, type StoredProduct } from './files/product-record';
import type { Progress } from './progress';

/** A record with its SKU or slug. */
export type Keyed<Item> = [key: string, item: Item];

export async function* exportedProducts(routes: Routes, progress: Progress): AsyncGenerator<Keyed<ExportedProduct>> {
  const slugs = new Map<string, string>();
  for await (const { id, slug } of readList(categoriesOf(routes), storedCategory)) slugs.set(id, slug);
  const references: References<StoredProduct> = {
    slugs,
    referenceOf: ({ categoryId }) => categoryId,
    readAgain: ({ id }) => find(getProduct(routes, id), storedProduct),
  };
  for await (const product of readList(productsOf(routes), storedProduct)) {
    progress.add();
    const found = await withCategory(product, references, routes);
    if (found) yield [found.record.sku, toProductRecord(found.record, found.slug ?? '')];
  }
}

export async function* exportedCategories(routes: Routes, progress: Progress): AsyncGenerator<Keyed<ExportedCategory>> {
  const all = await collect(readList(categoriesOf(routes), storedCategory));
  const references: References<StoredCategory> = {
    slugs: new Map(all.map(({ id, slug }) => [id, slug])),
    referenceOf: ({ parentId }) => parentId,
    readAgain: ({ id }) => find(getCategory(routes, id), storedCategory),
  };
  for (const category of all) {
    progress.add();
    const found = await withCategory(category, references, routes);
    if (found) yield [found.record.slug, toCategoryRecord(found.record, found.slug)];
  }
}

/** Records of one kind, and the category that each names by its id. */
interface References<Stored> {
  /** By id. */
  slugs: Map<string, string>;
  referenceOf: (record: Stored) => string | undefined;
  readAgain: (record: Stored) => Promise<Stored | undefined>;
}

/** With the slug of the category that the record names; undefined for a record that has been deleted meanwhile. */
async function withCategory<Stored extends StoredProduct | StoredCategory>(
  record: Stored,
  references: References<Stored>,
  routes: Routes,
): Promise<{ record: Stored; slug: string | undefined } | undefined> {
  const { slugs, referenceOf, readAgain } = references;
  const id = referenceOf(record);
  if (id === undefined) return { record, slug: undefined };
  // A category may be newer than the list.
  const slug = slugs.get(id) ?? (await find(getCategory(routes, id), storedCategory))?.slug;
  if (slug !== undefined) {
    slugs.set(id, slug);
    return { record, slug };
  }
  // Or it is gone, as it can be once what was in it has been moved or deleted.
  const current = await readAgain(record);
  const name = 'sku' in record ? record.sku : record.slug;
  if (current && referenceOf(current) === id) throw new Failure(`The category ${id} of ${name} is not there.`);
  return current && withCategory(current, references, routes);
}
