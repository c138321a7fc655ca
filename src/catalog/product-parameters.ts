/**
 * How paths name products, and what bodies and queries have in common. Kept apart from both, so that a function loads
 * only the schemas that it uses.
 */
import * as z from 'zod/mini';
import { ulid } from './text';

export const statuses = ['draft', 'active', 'archived'] as const;
export const status = z.enum(statuses);
export type ProductStatus = z.infer<typeof status>;

export const sku = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 characters of A-Z a-z 0-9 . _ -'));

export const productPath = z.strictObject({ productId: ulid });
