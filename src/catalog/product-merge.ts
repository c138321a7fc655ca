/** What a change makes of a product. */
import { invalidRequest } from '../errors';
import { arrangeImages, type Image } from '../images/image';
import { maxAttributes, presets, type NewProduct, type Product } from './product';
import type { ProductChanges } from './product-changes';
import { patched } from './record';
import type { DeriveSlug } from './slug';

/** The fields that callers set. */
export type WritableProduct = Omit<NewProduct, 'slug'> & { slug: string; images?: Image[] | undefined };

/** Throws `invalid_request` for too many attributes, and for pictures that the product does not have. */
export function mergeProduct(current: Product, changes: ProductChanges, derive: DeriveSlug): WritableProduct {
  const name = changes.name ?? current.name;
  return {
    sku: changes.sku ?? current.sku,
    name,
    slug: changes.slug === null ? derive(name, current.slug) : (changes.slug ?? current.slug),
    description: patched(changes.description, current.description, undefined),
    price: {
      amount: changes.price?.amount ?? current.price.amount,
      currency: changes.price?.currency ?? current.price.currency,
    },
    stockCount: patched(changes.stockCount, current.stockCount, presets.stockCount),
    categoryId: changes.categoryId ?? current.categoryId,
    status: patched(changes.status, current.status, presets.status),
    imageUrl: patched(changes.imageUrl, current.imageUrl, undefined),
    attributes: changes.attributes === null ? undefined : mergeAttributes(current.attributes, changes.attributes),
    images: changes.images === undefined ? current.images : arrangeImages(current.images, changes.images ?? []),
  } satisfies Record<keyof WritableProduct, unknown>;
}

function mergeAttributes(current: Product['attributes'], changes: ProductChanges['attributes']): Product['attributes'] {
  if (!changes) return current;
  const merged = Object.entries({ ...current, ...changes }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  );
  if (merged.length > maxAttributes) {
    const detail = `must have at most ${maxAttributes} pairs once merged`;
    throw invalidRequest([{ in: 'body', pointer: '/attributes', detail }]);
  }
  return Object.fromEntries(merged);
}
