/** Products as paths and queries name them. Apart from the bodies, which a function that reads has no use for. */
import * as z from 'zod/mini';
import { changeKey } from '../changes/change-key';
import { pageLimit, slug, ulid, ulidPattern } from './text';

export const statuses = ['draft', 'active', 'archived'] as const;
export const status = z.enum(statuses);
export type ProductStatus = z.infer<typeof status>;

export const sku = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 characters of A-Z a-z 0-9 . _ -'));

export const productPath = z.strictObject({ productId: ulid });

const filters = {
  categoryId: z.optional(ulid),
  sku: z.optional(sku),
  slug: z.optional(slug),
  limit: pageLimit,
  nextToken: z.optional(ulid),
};

/** The query of `GET /products`, which shows active products alone. */
export const productQuery = z.strictObject(filters);
export type ProductQuery = z.infer<typeof productQuery>;

const tokenWanted = 'must be a token as the list gave it';

/** The query of `GET /admin/products`; `deleted` asks for those that can be restored. */
export const anyProductQuery = z
  .strictObject({
    ...filters,
    status: z.optional(status),
    deleted: z.optional(z.literal('true', 'must be true')),
    nextToken: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,80}$/, { error: tokenWanted, abort: true }))),
  })
  .check(
    z.refine(({ deleted, nextToken = '' }) => nextToken === '' || tokenOf(deleted).test(nextToken), {
      path: ['nextToken'],
      error: tokenWanted,
    }),
  );
const tokenOf = (deleted?: 'true') => (deleted ? changeKey : ulidPattern);
export type AnyProductQuery = z.infer<typeof anyProductQuery>;
