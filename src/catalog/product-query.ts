/** Lists of products as queries ask for them. */
import * as z from 'zod/mini';
import { pageLimit } from './page-limit';
import { sku, type ProductStatus } from './product-parameters';
import { slug, ulid } from './text';

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
