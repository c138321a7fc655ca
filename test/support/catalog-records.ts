/** Any record that the API accepts, with text made of what is hard to write to a file and read back. */
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { currencies } from '../../src/catalog/currencies';
import { statuses } from '../../src/catalog/product-parameters';
import { categoryRecord } from '../../cli/catalog/files/category-record';
import { productRecord } from '../../cli/catalog/files/product-record';

const pieces = [
  ...['"', "'", ',', ';', '=', '+', '-', '@', '＝', '－', ' ', '\u00a0', '\t', '\n', '\r\n', '\r', '\u2028', '\ufeff'],
  ...['=1+1', "'=1", '""', '\\', '{', '[', ']', '\\"', 'null', 'a', 'ß', '漢', '😀', '\u0301', '0', '1e3', 'line'],
];
const text = fc.oneof(fc.string({ unit: fc.constantFrom(...pieces) }), fc.string({ unit: 'grapheme' }));
const sku = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/);

/** As it comes out of its schema: with presets, and text in NFC. */
const accepted = <Output>(schema: z.ZodMiniType<Output>, candidates: fc.Arbitrary<unknown>): fc.Arbitrary<Output> =>
  candidates
    .map((candidate) => schema.safeParse(candidate))
    .filter((result) => result.success)
    .map(({ data }) => data);

export const anyProduct = accepted(
  productRecord,
  fc.record(
    {
      sku,
      name: text,
      slug,
      description: text,
      price: fc.record({ amount: fc.integer({ min: 0, max: 1e12 }), currency: fc.constantFrom(...currencies) }),
      stockCount: fc.integer({ min: 0, max: 1e9 }),
      category: slug,
      status: fc.constantFrom(...statuses),
      imageUrl: text.map((path) => `https://example.com/${path}`),
      attributes: fc.dictionary(text, text, { maxKeys: 5 }),
    },
    { requiredKeys: ['sku', 'name', 'slug', 'price', 'category'] },
  ),
);

export const anyCategory = accepted(
  categoryRecord,
  fc.record({ slug, name: text, description: text }, { requiredKeys: ['slug', 'name'] }),
);
