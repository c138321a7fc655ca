/** Products from a file: found by SKU, and sent a hundred at a time. */
import * as z from 'zod/mini';
import type { Schemas } from '../../deployment/api';
import { derivedSlugs } from '../../src/catalog/slug';
import { sendBulk } from './api/bulk';
import type { Catalogue } from './api/catalogue';
import { productsOf, read } from './api/pages';
import { readCategoryNames } from './category-names';
import { describeChanges } from './changes';
import { productRecord, storedProduct } from './files/product-record';
import { HandedSlugs } from './handed-slugs';
import type { Importer, ImporterOptions } from './importer';
import { readRecord } from './rejection';

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
      const { category, version: named, ...record } = readRecord(productRecord, value);
      const version = ignoreVersion ? undefined : named;
      const { sku, slug, name, attributes } = record;
      return {
        key: sku,
        slug,
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
    apply: (entries, signal) =>
      slugs.send(entries, { send: (asked) => sendBulk(catalogue, asked, { dryRun, signal }), dryRun }),
    describe: ({ action, changes }, { fields }) =>
      action === 'changed' ? describeChanges(changes, { fields, category: categories.show }) : [],
  };
}
