/**
 * What a caller may send to change a product. Kept apart from product.ts, so that functions that change none do not
 * load these schemas.
 */
import * as z from 'zod/mini';
import { imageChanges } from '../images/image-parameters';
import {
  amount,
  attributeValue,
  currency,
  description,
  imageUrl,
  maxAttributes,
  name,
  newProduct,
  stockCount,
} from './product';
import { sku, status } from './product-parameters';
import { slug, textPairs, ulid } from './text';

/** The body of PUT. Pictures come by being uploaded: without `images`, they stay as they are. */
export const productReplacement = z.extend(newProduct, { images: z.optional(imageChanges) });
export type ProductReplacement = z.infer<typeof productReplacement>;

/**
 * The body of PATCH (RFC 7396): what is absent stays, `null` puts an optional field back to what POST would give it,
 * `price` and `attributes` are merged field by field, and `images` names those that are to stay.
 */
export const productChanges = z.strictObject({
  sku: z.optional(sku),
  name: z.optional(name),
  slug: z.nullish(slug),
  description: z.nullish(description),
  price: z.optional(z.strictObject({ amount: z.optional(amount), currency: z.optional(currency) })),
  stockCount: z.nullish(stockCount),
  categoryId: z.optional(ulid),
  status: z.nullish(status),
  imageUrl: z.nullish(imageUrl),
  attributes: z.nullish(textPairs(z.nullable(attributeValue), maxAttributes)),
  images: z.nullish(imageChanges),
} satisfies Record<keyof ProductReplacement, unknown>);
export type ProductChanges = z.infer<typeof productChanges>;
