/** What a bulk request may say: rows, each about one product. */
import * as z from 'zod/mini';
import { productChanges } from '../catalog/product-changes';
import { sku } from '../catalog/product-parameters';
import { slug, ulid } from '../catalog/text';
import { ApplicationError } from '../errors';
import { validate, type Schema } from '../http/validation';
import { imageAlts } from '../images/image-parameters';

const mostRows = 100;

/** In bytes. */
export const longestBulkBody = 1024 * 1024;

const version = z.int().check(z.gte(1), z.lte(999_999_999_999_999));

/** `id`, or `sku`, says which product is meant. */
const named = <Fields extends { id?: string | undefined; sku?: string | undefined }>() =>
  z.refine<Fields>(({ id, sku }) => id !== undefined || sku !== undefined, {
    path: ['sku'],
    error: 'is needed, or an id: one of them says which product is meant',
  });

/**
 * What a product should be: with `id` it is changed as PATCH would; without, the one with this SKU is, or is created and needs
 * what POST needs. `category` is a slug, in place of `categoryId`; `version` is the one that the change is based on;
 * `replaceAttributes` takes away those that the row does not have, and `imageAlts` leaves all pictures where they are.
 */
export const productRow = z
  .strictObject({
    id: z.optional(ulid),
    version: z.optional(version),
    category: z.optional(slug),
    replaceAttributes: z.optional(z.boolean()),
    imageAlts: z.optional(imageAlts),
    ...productChanges.shape,
  })
  .check(
    named(),
    z.refine(({ category, categoryId }) => category === undefined || categoryId === undefined, {
      path: ['category'],
      error: 'goes without categoryId: each of them names the category',
    }),
    z.refine(({ images, imageAlts }) => images === undefined || imageAlts === undefined, {
      path: ['imageAlts'],
      error: 'goes without images, which has texts of its own',
    }),
  );
export type ProductRow = z.infer<typeof productRow>;

/** A product that should not be. */
export const deletionRow = z
  .strictObject({ id: z.optional(ulid), sku: z.optional(sku), version: z.optional(version) })
  .check(named());
export type DeletionRow = z.infer<typeof deletionRow>;

/** The body of a bulk request. Rows stand alone: what is wrong with one is said in its result, and stops no other. */
const bodyOf = <Row extends z.ZodMiniType>(row: Row) =>
  z.strictObject({
    rows: z.array(row).check(z.minLength(1), z.maxLength(mostRows)),
    dryRun: z._default(z.boolean(), false),
  });
export const bulkBody = bodyOf(z.unknown());

/** As the API's description shows them. */
export const bulkInput = bodyOf(productRow);
export const bulkDeletionInput = bodyOf(deletionRow);

/** What a row says, or why it says nothing that could be done. */
export function readRow<Row>(schema: Schema<Row>, value: unknown): Row | ApplicationError {
  try {
    return validate(schema, value, 'body');
  } catch (error) {
    if (error instanceof ApplicationError) return error;
    throw error;
  }
}
