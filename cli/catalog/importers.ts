/** What the rows of a file are to the catalogue: records to be found by SKU or slug, and brought to what the row says. */
import * as z from 'zod/mini';
import type { Schemas } from '../../deployment/api';
import { sendBulk } from './api/bulk';
import type { Catalogue } from './api/catalogue';
import type { Outcome } from './api/outcome';
import { categoriesOf, find, getCategory, productsOf, read, readList } from './api/pages';
import { upsertCategory } from './api/upsert-category';
import { categoryRecord, storedCategory } from './files/category-record';
import { productRecord, storedProduct } from './files/product-record';
import { readRecord, Rejection } from './rejection';

export interface Entry<Fields extends object = object> {
  /** What its record is found by. */
  key: string;
  /** Where the record has one beside its key. */
  slug?: string | undefined;
  /** What is sent. */
  fields: Fields;
}

/** `line` is the row's. */
export type EntryInLine<Fields extends object = object> = Entry<Fields> & { line: number };

export interface Importer<Fields extends object = object> {
  /** Throws `Rejection` for a record that the API would refuse. */
  read: (record: unknown) => Entry<Fields>;
  /** How many rows go together. */
  mostRows: number;
  /** What has become of them, by line. Without an outcome is what was not done when the signal was aborted. */
  apply(entries: EntryInLine<Fields>[], signal: AbortSignal): Promise<Map<number, Outcome>>;
}

/** Products are found by SKU; their categories must be there. */
export async function productImporter(catalogue: Catalogue, dryRun: boolean): Promise<Importer<Schemas['ProductRow']>> {
  // So that whoever is not an admin is told so before anything else.
  await read(productsOf(catalogue)({ limit: 1 }), z.object({ items: z.array(storedProduct) }));
  return {
    read: (value) => {
      const { description = null, imageUrl = null, attributes = null, ...record } = readRecord(productRecord, value);
      // The row is what the product should be: what it leaves out is taken away, but for the slug, which has to be something.
      return {
        key: record.sku,
        slug: record.slug,
        fields: { ...record, description, imageUrl, attributes, replaceAttributes: true },
      };
    },
    mostRows: 100,
    apply: (entries, signal) => sendBulk(catalogue, entries, { dryRun, signal }),
  };
}

/** Categories are found by slug. */
export async function categoryImporter(
  catalogue: Catalogue,
  dryRun: boolean,
): Promise<Importer<Schemas['CategoryInput']>> {
  const ids = new Map<string, string>();
  for await (const { slug, id } of readList(categoriesOf(catalogue), storedCategory)) ids.set(slug, id);
  const applyOne = async ({ key, fields }: Entry<Schemas['CategoryInput']>): Promise<Outcome> => {
    const id = ids.get(key);
    // By id, because the list may lag behind a write.
    const findStored = async () => (id === undefined ? undefined : find(getCategory(catalogue, id), storedCategory));
    try {
      return await upsertCategory(catalogue, { fields, find: findStored, dryRun });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { action: 'rejected', reason: error.message };
    }
  };
  return {
    read: (value) => {
      const fields = readRecord(categoryRecord, value);
      return { key: fields.slug, fields };
    },
    mostRows: 1,
    apply: async (entries) => {
      const outcomes = new Map<number, Outcome>();
      for (const entry of entries) outcomes.set(entry.line, await applyOne(entry));
      return outcomes;
    },
  };
}
