/** Categories as they stand in files: what an admin may set. The slug is what an import finds a category by. */
import * as z from 'zod/mini';
import { newCategory } from '../../../src/catalog/category';
import { slug } from '../../../src/catalog/text';

/** A record that may be imported. */
export const categoryRecord = z.extend(newCategory, { slug });

/** A category as the API answers it. */
export const storedCategory = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
});

export const categoryColumns = ['slug', 'name', 'description'];

export type ExportedCategory = Pick<z.infer<typeof storedCategory>, 'slug' | 'name' | 'description'>;

/** Also the cells, which are named as the fields are. */
export const toCategoryRecord = ({ slug, name, description }: ExportedCategory) => ({ slug, name, description });
