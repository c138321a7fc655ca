/** Products: what a caller may send, and what the catalogue keeps. */
import * as z from 'zod/mini';
import type { Image } from '../images/image';
import { currencies } from './currencies';
import { sku, status } from './product-parameters';
import type { RecordFields } from './record';
import { limits, slug, text, textPairs, ulid } from './text';

export const name = text({ max: 200 });
export const description = text({ max: 5_000, min: 0, multiline: true });
export const stockCount = z.int().check(z.gte(0), z.lte(1e9));
// RFC 3986: what browsers mend in an address, such as a blank or an ü, is what clients in other languages stumble over.
const https =
  /^https:\/\/(?:(?:[0-9A-Za-z._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:[0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:[/?](?:[0-9A-Za-z._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[0-9A-Za-z._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$/;
const anAddress = 'must be an https address, with other characters encoded, as in https://example.com/gr%C3%BCn.jpg';
export const imageUrl = text({ max: 2_048 })
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
export const attributeValue = text({ max: 1_000, min: 0 });

/** What POST gives to fields that it does not name. */
export const presets = { stockCount: 0, status: 'active' } as const;

/** The body of POST. Without a `slug`, one is derived from the name. */
export const newProduct = z.strictObject({
  sku,
  name,
  slug: z.optional(slug),
  description: z.optional(description),
  price: z.strictObject({ amount, currency }),
  stockCount: z._default(stockCount, presets.stockCount),
  categoryId: ulid,
  status: z._default(status, presets.status),
  imageUrl: z.optional(imageUrl),
  attributes: z.optional(textPairs(attributeValue, maxAttributes)),
});
export type NewProduct = z.infer<typeof newProduct>;

/** A product as it is answered. */
export interface Product extends Omit<NewProduct, 'slug'>, RecordFields {
  id: string;
  slug: string;
  /** In the order that they are shown in; without any, undefined. */
  images?: Image[] | undefined;
}
