/** What the rows of a file are to the catalogue: records to be found by SKU or slug, and brought to what the row says. */
import * as z from 'zod/mini';
import type { Send } from './api/answer';
import { sendBulk } from './api/bulk';
import type { Outcome } from './api/outcome';
import { find, read, readList } from './api/pages';
import { upsertCategory } from './api/upsert-category';
import { categoryRecord, storedCategory } from './files/category-record';
import { productRecord, storedProduct } from './files/product-record';
import { readRecord, Rejection } from './rejection';

export interface Entry {
  /** What its record is found by. */
  key: string;
  /** Where the record has one beside its key. */
  slug?: string | undefined;
  /** What is sent. */
  fields: Readonly<Record<string, unknown>>;
}

/** `line` is the row's. */
export type EntryInLine = Entry & { line: number };

export interface Importer {
  /** Throws `Rejection` for a record that the API would refuse. */
  read: (record: unknown) => Entry;
  /** How many rows go together. */
  mostRows: number;
  /** What has become of them, by line. Without an outcome is what was not done when the signal was aborted. */
  apply: (entries: EntryInLine[], signal: AbortSignal) => Promise<Map<number, Outcome>>;
}

/** Products are found by SKU; their categories must be there. */
export async function productImporter(send: Send, dryRun: boolean): Promise<Importer> {
  // So that whoever is not an admin is told so before anything else.
  await read(send, '/admin/products?limit=1', z.object({ items: z.array(storedProduct) }));
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
    apply: (entries, signal) => sendBulk(send, entries, { dryRun, signal }),
  };
}

/** Categories are found by slug. */
export async function categoryImporter(send: Send, dryRun: boolean): Promise<Importer> {
  const ids = new Map<string, string>();
  for await (const { slug, id } of readList(send, '/categories', storedCategory)) ids.set(slug, id);
  const applyOne = async ({ key, fields }: Entry): Promise<Outcome> => {
    const id = ids.get(key);
    // By id, because the list may lag behind a write.
    const findStored = async () => (id === undefined ? undefined : find(send, `/categories/${id}`, storedCategory));
    try {
      return await upsertCategory(send, { fields, find: findStored, dryRun });
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
