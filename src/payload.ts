/** How much an answer of a function can hold. */

/**
 * Lambda answers at most 6 MB (its quota for synchronous payloads), and a body goes there as a JSON text within another, where
 * a quotation mark of a description takes four bytes. What is left is for what is not counted: the addresses of pictures, up to
 * 13 kB for a product, and the problems of a bulk request's rows.
 */
export const longestAnswer = 4_900_000;

/** The bytes that a value takes in an answer. */
export const bytesInAnswer = (value: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(value)));
