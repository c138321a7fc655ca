/** Products as they stand in files: what an admin may set, with the category by its slug or name. Ids are the server's. */
import * as z from 'zod/mini';
import type { Product } from '../../../src/catalog/product';
import { productChanges } from '../../../src/catalog/product-changes';
import { sku, statuses } from '../../../src/catalog/product-parameters';
import { derivedSlugs } from '../../../src/catalog/slug';
import { slug, text, ulid } from '../../../src/catalog/text';
import { alt, imageAlts } from '../../../src/images/image-parameters';
import { readRecord } from '../rejection';

/** A record that may be imported: what it leaves out stays as it is, and what is `null` is cleared. */
export const productRecord = z.extend(z.omit(productChanges, { categoryId: true }), {
  // Texts alone: a file that is older than a picture must not drop it.
  images: z.optional(z.array(z.strictObject({ id: ulid, url: z.optional(z.string()), alt }))),
  imageAlts: z.optional(imageAlts),
  sku,
  slug: z.optional(slug),
  category: z.optional(text({ max: 200 })),
  version: z.optional(z.int().check(z.gte(1))),
});

/**
 * What is sent for a record, with its SKU, its slug, and the slug that a new product would get from its name. `slugOf` makes the slug of
 * what the record says of its category. Throws `Rejection` for a record that the API would refuse.
 */
export function readProduct(value: unknown, slugOf: (category: string) => string) {
  const record = readRecord(productRecord, value);
  const { sku, slug, name, category, attributes, version, images, imageAlts, ...others } = record;
  return {
    key: sku,
    slug,
    slugFromName: slug === undefined && name !== undefined ? derivedSlugs(name, '')[0] : undefined,
    version,
    fields: {
      ...others,
      ...{ sku, slug, name, attributes, version },
      imageAlts: imageAlts ?? (images && Object.fromEntries(images.map(({ id, alt }) => [id, alt]))),
      category: category === undefined ? undefined : slugOf(category),
      // A file has all of them.
      replaceAttributes: attributes ? true : undefined,
    },
  };
}

/** A product as the API answers it; what it holds was checked when it came. */
export const storedProduct = z.object({
  id: z.string(),
  version: z.int(),
  sku: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  price: z.object({ amount: z.number(), currency: z.string() }),
  stockCount: z.number(),
  categoryId: z.string(),
  status: z.enum(statuses),
  imageUrl: z.optional(z.string()),
  attributes: z.optional(z.record(z.string(), z.string())),
  images: z.optional(z.array(z.object({ id: z.string(), url: z.string(), alt: z.string() }))),
} satisfies Record<Exclude<keyof Product, 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy'>, unknown>);
export type StoredProduct = z.infer<typeof storedProduct>;

export type ExportedProduct = Omit<StoredProduct, 'id' | 'categoryId'> & { category: string };

/** The same text for the same product, whichever order the API answers its fields and attributes in. */
export function toProductRecord(product: StoredProduct, category: string): ExportedProduct {
  const { sku, name, slug, description, price, stockCount, status, imageUrl, attributes, images } = product;
  return {
    sku,
    version: product.version,
    name,
    slug,
    description,
    imageUrl,
    attributes: attributes && Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))),
    images: images?.map(({ id, url, alt }) => ({ id, url, alt })),
    category,
    status,
    stockCount,
    price: { amount: price.amount, currency: price.currency },
  } satisfies Record<keyof ExportedProduct, unknown>;
}
