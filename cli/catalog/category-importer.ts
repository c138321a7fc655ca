/** Categories from a file: found by slug, and done one by one, those above before those below. */
import type * as z from 'zod/mini';
import type { Outcome } from './api/outcome';
import type { Catalogue } from './api/catalogue';
import { categoriesOf, find, getCategory, readList } from './api/pages';
import { upsertCategory } from './api/upsert-category';
import { describeChanges } from './changes';
import { collect } from './collect';
import { categoryRecord, storedCategory } from './files/category-record';
import type { EntryInFile, Importer, ImporterOptions, ReadRow } from './importer';
import { newKnownTree } from './known-tree';
import { parentsFirst } from './parents-first';
import { describePlace, readRecord, Rejection } from './rejection';

type CategoryFields = Omit<z.infer<typeof categoryRecord>, 'version'>;

export async function categoryImporter(
  catalogue: Catalogue,
  { dryRun, ignoreVersion = false }: ImporterOptions,
): Promise<Importer<CategoryFields>> {
  const tree = newKnownTree(await collect(readList(categoriesOf(catalogue), storedCategory)));
  const places = new Map<string, string>();

  async function applyOne({ key, version, fields }: EntryInFile<CategoryFields>): Promise<Outcome> {
    const { parent, ...own } = fields;
    const id = tree.idOf(key);
    const moves = typeof parent === 'string' && parent !== tree.parentOf(key);
    const refusal = moves ? tree.refusal(key, parent, (slug) => places.get(slug)) : undefined;
    if (refusal) return refusal;
    const parentId = typeof parent === 'string' ? tree.idOf(parent) : parent;
    // By id, because the list may lag behind a write.
    const findStored = async () => (id === undefined ? undefined : find(getCategory(catalogue, id), storedCategory));
    const goal = { fields: { ...own, parentId }, version, find: findStored, dryRun };
    try {
      const change = await upsertCategory(catalogue, goal);
      const isPlaced = change.action === 'created' || parent !== undefined;
      // What a dry run would create goes by its slug, because nobody has given it an id.
      if (isPlaced) tree.place(key, { id: change.id ?? id ?? key, parent: parent ?? undefined });
      return change;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { action: 'rejected', reason: error.message };
    }
  }

  async function* arrange(rows: AsyncIterable<ReadRow<CategoryFields>>) {
    const all = await collect(rows);
    for (const row of all) if ('entry' in row) places.set(row.entry.key, describePlace(row));
    yield* parentsFirst(all, { has: (slug) => tree.idOf(slug) !== undefined, parentOf: tree.parentOf });
  }

  return {
    read: (value) => {
      const { version, ...fields } = readRecord(categoryRecord, value);
      return { key: fields.slug, version: ignoreVersion ? undefined : version, fields };
    },
    arrange,
    mostRows: 1,
    apply: async (entries) => {
      const outcomes = new Map<number, Outcome>();
      for (const entry of entries) outcomes.set(entry.position, await applyOne(entry));
      return outcomes;
    },
    describe: ({ action, changes }, { fields }) =>
      action === 'created'
        ? changes.map(({ after }) => `below ${tree.show(after)}`)
        : describeChanges(changes, { fields, category: tree.show }),
  };
}
