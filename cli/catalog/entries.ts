/** What the rows of a file are to the catalogue: records to be found by SKU or slug, and brought to what the row says. */
import * as z from 'zod/mini';
import { newCategory } from '../../src/catalog/category';
import { newProduct } from '../../src/catalog/product';
import type { Send } from './api/answer';
import { categoryRecord, storedCategory } from './files/category-record';
import { find, read, readList } from './api/pages';
import { productRecord, storedProduct } from './files/product-record';
import { readRecord, Rejection } from './rejection';
import { upsert, type Change } from './api/upsert';

interface Entry {
  /** What it is found by. */
  key: string;
  apply: () => Promise<Change>;
}

/** Throws `Rejection` for a record that the API would refuse. */
export type ReadEntry = (record: unknown) => Entry;

/** Products are found by SKU; their categories must be there. */
export async function productEntries(send: Send, dryRun: boolean): Promise<ReadEntry> {
  const categoryIds = await readCategoryIds(send);
  const goal = { path: '/products', names: Object.keys(newProduct.shape), dryRun } as const;
  const page = z.object({ items: z.array(storedProduct) });
  // So that whoever is not an admin is told so before anything else.
  await read(send, '/admin/products?limit=1', page);
  return (value) => {
    const { category, ...record } = readRecord(productRecord, value);
    const categoryId = categoryIds.get(category);
    if (categoryId === undefined) throw new Rejection(`category: there is none with the slug "${category}"`);
    const findStored = async () => (await read(send, `/admin/products?sku=${record.sku}`, page)).items[0];
    const apply = async () => {
      const change = await upsert(send, { ...goal, fields: { ...record, categoryId }, find: findStored });
      return { ...change, fields: change.fields.map((name) => (name === 'categoryId' ? 'category' : name)) };
    };
    return { key: record.sku, apply };
  };
}

/** Categories are found by slug. */
export async function categoryEntries(send: Send, dryRun: boolean): Promise<ReadEntry> {
  const goal = { path: '/categories', names: Object.keys(newCategory.shape), dryRun } as const;
  const ids = await readCategoryIds(send);
  return (value) => {
    const fields = readRecord(categoryRecord, value);
    const id = ids.get(fields.slug);
    // By id, because the list may lag behind a write.
    const findStored = async () => (id === undefined ? undefined : find(send, `/categories/${id}`, storedCategory));
    return { key: fields.slug, apply: () => upsert(send, { ...goal, fields, find: findStored }) };
  };
}

async function readCategoryIds(send: Send): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { slug, id } of readList(send, '/categories', storedCategory)) ids.set(slug, id);
  return ids;
}
