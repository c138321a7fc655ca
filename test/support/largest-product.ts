/** The fields that make a product as large as it can be: nearly a quarter of a megabyte. */

/** Four bytes in UTF-8, which is what DynamoDB counts. */
const wide = '👟';

/** With attributes whose names begin so. */
export const largestProduct = (prefix: string) => ({
  name: wide.repeat(200),
  description: wide.repeat(5_000),
  imageUrl: `https://example.com/${'a'.repeat(2_028)}`,
  attributes: Object.fromEntries(
    Array.from({ length: 50 }, (_, number) => [
      `${prefix}${wide.repeat(97)}${String(number).padStart(2, '0')}`,
      wide.repeat(1_000),
    ]),
  ),
});
