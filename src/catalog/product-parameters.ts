/** Products as paths and queries name them. Apart from the bodies, which a function that reads has no use for. */
import * as z from 'zod/mini';
import { pageLimit, slug, ulid } from './text';

export const statuses = ['draft', 'active', 'archived'] as const;
export const status = z.enum(statuses);
export type ProductStatus = z.infer<typeof status>;

export const sku = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 characters of A-Z a-z 0-9 . _ -'));

export const productPath = z.strictObject({ productId: ulid });

const filters = {
  categoryId: z.optional(ulid),
  descendants: z.optional(z.literal('true', 'must be true')),
  sku: z.optional(sku),
  slug: z.optional(slug),
  limit: pageLimit,
  nextToken: z.optional(ulid),
};

/** The query of `GET /products`, which shows active products alone; `descendants` adds those of the categories below. */
export const productQuery = z.strictObject(filters);
export type ProductQuery = z.infer<typeof productQuery>;

/** The query of `GET /admin/products`. */
export type AnyProductQuery = ProductQuery & { status?: ProductStatus | undefined };
