/** What the rows of a file are to the catalogue: records to be found by SKU or slug, and brought to what the row says. */
import * as z from 'zod/mini';
import type { Schemas } from '../../deployment/api';
import { sendBulk } from './api/bulk';
import type { Catalogue } from './api/catalogue';
import type { FieldChange, Outcome } from './api/outcome';
import { categoriesOf, find, getCategory, productsOf, read, readList } from './api/pages';
import { upsertCategory } from './api/upsert-category';
import { readCategoryNames } from './category-names';
import { describeChanges } from './changes';
import { categoryRecord, storedCategory } from './files/category-record';
import { productRecord, storedProduct } from './files/product-record';
import { derivedSlugs } from '../../src/catalog/slug';
import { readRecord, Rejection } from './rejection';

export interface Entry<Fields extends object = object> {
  /** What its record is found by. */
  key: string;
  /** The slug that it is to have beside its key, or the one that a new record would get from its name. */
  slug?: string | undefined;
  slugFromName?: string | undefined;
  /** Which version the row is based on, where it says so and that is to be checked. */
  version?: number | undefined;
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
  /** What was changed, or would be, field by field. */
  describe(changes: readonly FieldChange[], entry: Entry<Fields>): string[];
}

interface Options {
  /** Nothing is written; the outcomes are what they would have been. */
  dryRun: boolean;
  /** The versions in the file are not looked at. */
  ignoreVersion?: boolean;
}

/** Products are found by SKU; their categories must be there. */
export async function productImporter(
  catalogue: Catalogue,
  { dryRun, ignoreVersion = false }: Options,
): Promise<Importer<Schemas['ProductRow']>> {
  // So that whoever is not an admin is told so before anything else.
  await read(productsOf(catalogue)({ limit: 1 }), z.object({ items: z.array(storedProduct) }));
  const categories = await readCategoryNames(catalogue);
  return {
    read: (value) => {
      const { category, version: named, ...record } = readRecord(productRecord, value);
      const version = ignoreVersion ? undefined : named;
      const { sku, slug, name, attributes } = record;
      return {
        key: sku,
        slug: slug ?? undefined,
        slugFromName: slug === undefined && name !== undefined ? derivedSlugs(name, '')[0] : undefined,
        fields: {
          ...record,
          category: category === undefined ? undefined : categories.slugOf(category),
          // A file has all of them.
          replaceAttributes: attributes ? true : undefined,
          version,
        },
        version,
      };
    },
    mostRows: 100,
    apply: (entries, signal) => sendBulk(catalogue, entries, { dryRun, signal }),
    describe: (changes, { fields }) => describeChanges(changes, { fields, category: categories.show }),
  };
}

/** Categories are found by slug. */
type CategoryFields = Omit<z.infer<typeof categoryRecord>, 'version'>;

export async function categoryImporter(
  catalogue: Catalogue,
  { dryRun, ignoreVersion = false }: Options,
): Promise<Importer<CategoryFields>> {
  const ids = new Map<string, string>();
  for await (const { slug, id } of readList(categoriesOf(catalogue), storedCategory)) ids.set(slug, id);
  const applyOne = async ({ key, version, fields }: Entry<CategoryFields>): Promise<Outcome> => {
    const id = ids.get(key);
    // By id, because the list may lag behind a write.
    const findStored = async () => (id === undefined ? undefined : find(getCategory(catalogue, id), storedCategory));
    const goal = { fields, version, find: findStored, dryRun };
    try {
      return await upsertCategory(catalogue, goal);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { action: 'rejected', reason: error.message };
    }
  };
  return {
    read: (value) => {
      const { version, ...fields } = readRecord(categoryRecord, value);
      return { key: fields.slug, version: ignoreVersion ? undefined : version, fields };
    },
    mostRows: 1,
    apply: async (entries) => {
      const outcomes = new Map<number, Outcome>();
      for (const entry of entries) outcomes.set(entry.line, await applyOne(entry));
      return outcomes;
    },
    describe: (changes, { fields }) => describeChanges(changes, { fields }),
  };
}
