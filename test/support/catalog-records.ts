/** Any record that the API accepts, with text made of what is hard to write to a file and read back. */
import fc from 'fast-check';
import * as z from 'zod/mini';
import { currencies } from '../../src/catalog/currencies';
import { newCategory } from '../../src/catalog/category';
import { newProduct } from '../../src/catalog/product';
import { statuses } from '../../src/catalog/product-parameters';
import { slug as slugSchema } from '../../src/catalog/text';

const pieces = [
  ...['"', "'", ',', ';', '=', '+', '-', '@', '＝', '－', ' ', '\u00a0', '\t', '\n', '\r\n', '\r', '\u2028', '\ufeff'],
  ...['[clear]', ' [CLEAR] ', ';=1', ',-1', '\n@', '\t+', ';\t', ';"=1', ";'=1"],
  ...['=1+1', "'=1", '""', '\\', '{', '[', ']', '\\"', 'null', 'a', 'ß', '漢', '😀', '\u0301', '0', '1e3', 'line'],
];
const text = fc.oneof(fc.string({ unit: fc.constantFrom(...pieces) }), fc.string({ unit: 'grapheme' }));
const address = fc
  .array(fc.constantFrom('a', '/', '?', ';', ',', '=', '+', '@', "'", ';=1', ',-1', '%20'))
  .map((parts) => `https://example.com/${parts.join('')}`);
const sku = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/);
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/);

/** As it comes out of its schema: with presets, and text in NFC. */
const accepted = <Output>(schema: z.ZodMiniType<Output>, candidates: fc.Arbitrary<unknown>): fc.Arbitrary<Output> =>
  candidates
    .map((candidate) => schema.safeParse(candidate))
    .filter((result) => result.success)
    .map(({ data }) => data);

/** A product as it is exported. */
const product = z.extend(z.omit(newProduct, { categoryId: true }), {
  version: z.int(),
  slug: slugSchema,
  category: slugSchema,
});

export const anyProduct = accepted(
  product,
  fc.record(
    {
      sku,
      version: fc.integer({ min: 1, max: 999 }),
      name: text,
      slug,
      description: text,
      price: fc.record({ amount: fc.integer({ min: 0, max: 1e12 }), currency: fc.constantFrom(...currencies) }),
      stockCount: fc.integer({ min: 0, max: 1e9 }),
      category: slug,
      status: fc.constantFrom(...statuses),
      imageUrl: address,
      attributes: fc.dictionary(text, text, { maxKeys: 5 }),
    } satisfies Record<keyof z.infer<typeof product>, unknown>,
    { requiredKeys: ['sku', 'version', 'name', 'slug', 'price', 'category'] },
  ),
);

const category = z.extend(z.omit(newCategory, { parentId: true }), { version: z.int(), slug: slugSchema });

const anyCategory = accepted(
  category,
  fc.record(
    { slug, version: fc.integer({ min: 1, max: 999 }), name: text, description: text } satisfies Record<
      keyof z.infer<typeof category>,
      unknown
    >,
    { requiredKeys: ['slug', 'version', 'name'] },
  ),
);

/** Categories, some of them below others. */
export const anyCategories = fc
  .tuple(
    fc.uniqueArray(anyCategory, { selector: ({ slug }) => slug, maxLength: 8 }),
    fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  )
  .map(([categories, choices]) =>
    categories.map((category, place) => {
      const parent = categories[(choices[place] ?? 0) % (place + 1)]?.slug;
      return parent === undefined || parent === category.slug ? category : { ...category, parent };
    }),
  );
