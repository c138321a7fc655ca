/** Categories as they stand in files: what an admin may set. The slug is what an import finds a category by. */
import * as z from 'zod/mini';
import { categoryChanges } from '../../../src/catalog/category';
import { slug } from '../../../src/catalog/text';
import { fromDigits, toCell } from './cells';
import type { Table } from './header';

/** A record that may be imported: what it leaves out stays as it is, and what is `null` is cleared. */
export const categoryRecord = z.extend(categoryChanges, { slug, version: z.optional(z.int().check(z.gte(1))) });

/** A category as the API answers it. */
export const storedCategory = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
});

export type ExportedCategory = Omit<z.infer<typeof storedCategory>, 'id'>;

export const toCategoryRecord = ({ slug, version, name, description }: ExportedCategory): ExportedCategory => ({
  slug,
  version,
  description,
  name,
});

/** The last one is never empty: some spreadsheets leave out the cells at the end of a row that are. */
export const categoryColumns = ['slug', 'version', 'description', 'name'];

export const toCategoryCells = ({ slug, version, description, name }: ExportedCategory): string[] => [
  slug,
  String(version),
  ...[description, name].map(toCell),
];

export const categoryTable: Table = {
  key: 'slug',
  columns: categoryColumns,
  clearable: ['description'],
  fromCells: ({ slug, version, name, description }) => ({
    ...{ slug: slug?.trim(), name, description },
    version: fromDigits('version', version?.trim()),
  }),
};
