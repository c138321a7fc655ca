/** Products: what a caller may send, and what the catalogue keeps. */
import * as z from 'zod/mini';
import { imageChanges, type Image } from '../images/image';
import { currencies } from './currencies';
import { sku, status } from './product-parameters';
import type { RecordFields } from './record';
import { limits, slug, text, textPairs, ulid } from './text';

const name = text({ max: 200 });
const description = text({ max: 5_000, min: 0, multiline: true });
const stockCount = z.int().check(z.gte(0), z.lte(1e9));
// RFC 3986: what browsers mend in an address, such as a blank or an ü, is what clients in other languages stumble over.
const https =
  /^https:\/\/(?:(?:[0-9A-Za-z._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:[0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:[/?](?:[0-9A-Za-z._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[0-9A-Za-z._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$/;
const anAddress = 'must be an https address, with other characters encoded, as in https://example.com/gr%C3%BCn.jpg';
const imageUrl = text({ max: 2_048 })
  .check(
    z.regex(https, { error: anAddress, abort: true }),
    z.refine((value) => URL.canParse(value), anAddress),
  )
  .register(limits, { format: 'uri' });

/** In minor units of the currency: 1999 EUR is 19.99 euros. */
export const amount = z.int().check(z.gte(0), z.lte(1e12));
export const currency = z.enum(currencies, {
  error: ({ input }) => (input === undefined ? undefined : 'must be an active ISO 4217 code, such as EUR'),
});

export const maxAttributes = 50;
const attributeValue = text({ max: 1_000, min: 0 });

/** The body of POST. Without a `slug`, one is derived from the name. */
export const newProduct = z.strictObject({
  sku,
  name,
  slug: z.optional(slug),
  description: z.optional(description),
  price: z.strictObject({ amount, currency }),
  stockCount: z._default(stockCount, 0),
  categoryId: ulid,
  status: z._default(status, 'active'),
  imageUrl: z.optional(imageUrl),
  attributes: z.optional(textPairs(attributeValue, maxAttributes)),
});
export type NewProduct = z.infer<typeof newProduct>;

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
});
export type ProductChanges = z.infer<typeof productChanges>;

/** A product as it is answered. */
export interface Product extends Omit<NewProduct, 'slug'>, RecordFields {
  id: string;
  slug: string;
  /** In the order that they are shown in; without any, undefined. */
  images?: Image[] | undefined;
}
