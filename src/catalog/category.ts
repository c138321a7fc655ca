/** Categories: what a caller may send, and what the catalogue keeps. */
import * as z from 'zod/mini';
import type { RecordFields } from './record';
import { pageLimit, slug, text, ulid } from './text';

const name = text({ max: 200 });
const description = text({ max: 5_000, min: 0, multiline: true });

export const categoryPath = z.strictObject({ categoryId: ulid });

/** The body of POST and PUT. Without a `slug`, one is derived from the name. */
export const newCategory = z.strictObject({
  name,
  slug: z.optional(slug),
  description: z.optional(description),
});
export type NewCategory = z.infer<typeof newCategory>;

/** The body of PATCH (RFC 7396): what is absent stays, `null` puts an optional field back to what POST would give it. */
export const categoryChanges = z.strictObject({
  name: z.optional(name),
  slug: z.nullish(slug),
  description: z.nullish(description),
});
export type CategoryChanges = z.infer<typeof categoryChanges>;

/** A category as it is answered. `productCount` counts the active products, which everyone may see, and leaves `version` as it is. */
export interface Category extends RecordFields {
  id: string;
  name: string;
  slug: string;
  description?: string | undefined;
  productCount: number;
}

/** The query of `GET /categories`, which is sorted by slug. */
export const categoryQuery = z.strictObject({ limit: pageLimit, nextToken: z.optional(slug) });
export type CategoryQuery = z.infer<typeof categoryQuery>;
