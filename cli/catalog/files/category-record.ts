/** Categories as they stand in files: what an admin may set, with the category above by its slug. The slug is what finds them. */
import * as z from 'zod/mini';
import { categoryChanges } from '../../../src/catalog/category';
import { slug } from '../../../src/catalog/text';
import { fromDigits, plain, toCell } from './cells';
import type { Table } from './header';
import { readCells } from './read-cells';

/** A record that may be imported: what it leaves out stays as it is, and what is `null` is cleared. */
export const categoryRecord = z.extend(z.omit(categoryChanges, { parentId: true }), {
  slug,
  version: z.optional(z.int().check(z.gte(1))),
  parent: z.nullish(slug),
});

/** A category as the API answers it. */
export const storedCategory = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  parentId: z.optional(z.string()),
});
export type StoredCategory = z.infer<typeof storedCategory>;

export type ExportedCategory = Omit<StoredCategory, 'id' | 'parentId'> & { parent?: string | undefined };

export const toCategoryRecord = (
  { slug, version, name, description }: StoredCategory,
  parent: string | undefined,
): ExportedCategory => ({ slug, version, description, parent, name });

/** The last one is never empty: some spreadsheets leave out the cells at the end of a row that are. */
export const categoryColumns = ['slug', 'version', 'description', 'parent', 'name'];

export const toCategoryCells = ({ slug, version, description, parent, name }: ExportedCategory): string[] => [
  slug,
  String(version),
  ...[description, parent, name].map(toCell),
];

export const categoryTable: Table = {
  key: 'slug',
  columns: categoryColumns,
  clearable: ['description', 'parent'],
  fromCells: ({ name, description, ...cells }) => {
    const { slug, version, parent } = plain(cells);
    return readCells({ slug, name, description, parent }, categoryRecord, {
      version: () => fromDigits('version', version),
    });
  },
};
