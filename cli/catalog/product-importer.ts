/** Products from a file: found by SKU, and sent a hundred at a time. */
import * as z from 'zod/mini';
import type { Schemas } from '../../deployment/routes';
import { sendBulk } from './api/bulk';
import type { Catalogue } from './api/catalogue';
import { productsOf, read } from './api/pages';
import { readCategoryNames } from './category-names';
import { describeChanges } from './changes';
import { readProduct, storedProduct } from './files/product-record';
import { HandedSlugs } from './handed-slugs';
import type { Importer, ImporterOptions } from './importer';

/** Their categories must be there. */
export async function productImporter(
  catalogue: Catalogue,
  { dryRun, ignoreVersion = false }: ImporterOptions,
): Promise<Importer<Schemas['ProductRow']>> {
  // So that whoever is not an admin is told so before anything else.
  await read(productsOf(catalogue)({ limit: 1 }), z.object({ items: z.array(storedProduct) }));
  const categories = await readCategoryNames(catalogue);
  const slugs = new HandedSlugs();
  return {
    read: (value) => {
      const entry = readProduct(value, categories.slugOf);
      const version = ignoreVersion ? undefined : entry.version;
      return { ...entry, version, fields: { ...entry.fields, version } };
    },
    mostRows: 100,
    apply: (entries, signal) =>
      slugs.send(entries, { send: (asked) => sendBulk(catalogue, asked, { dryRun, signal }), dryRun }),
    describe: ({ action, changes }, { fields }) =>
      action === 'changed' ? describeChanges(changes, { fields, category: categories.show }) : [],
  };
}
