/** Categories as they stand in files: what an admin may set, with the category above by its slug. The slug is what finds them. */
import * as z from 'zod/mini';
import { categoryChanges, type Category } from '../../../src/catalog/category';
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
} satisfies Record<
  Exclude<keyof Category, 'productCount' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy'>,
  unknown
>);
export type StoredCategory = z.infer<typeof storedCategory>;

export type ExportedCategory = Omit<StoredCategory, 'id' | 'parentId'> & { parent?: string | undefined };

export const toCategoryRecord = (
  { slug, version, name, description }: StoredCategory,
  parent: string | undefined,
): ExportedCategory => ({ slug, version, description, parent, name }) satisfies Record<keyof ExportedCategory, unknown>;

/** By column. The last one is never empty: some spreadsheets leave out the cells at the end of a row that are. */
const cells: Readonly<Record<keyof ExportedCategory, (category: ExportedCategory) => string>> = {
  slug: ({ slug }) => slug,
  version: ({ version }) => String(version),
  description: ({ description }) => toCell(description),
  parent: ({ parent }) => toCell(parent),
  name: ({ name }) => toCell(name),
};

export const categoryColumns = Object.keys(cells);

export const toCategoryCells = (category: ExportedCategory): string[] =>
  Object.values(cells).map((cell) => cell(category));

export const categoryTable: Table = {
  key: 'slug',
  columns: categoryColumns,
  clearable: ['description', 'parent'],
  fromCells: ({ name, description, ...cells }) => {
    const { slug, version, parent } = plain(cells);
    const texts = { slug, name, description, parent };
    return readCells(texts, categoryRecord, {
      version: () => fromDigits('version', version),
    } satisfies Record<Exclude<keyof z.infer<typeof categoryRecord>, keyof typeof texts>, unknown>);
  },
};
