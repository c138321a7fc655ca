/** Categories: what a caller may send, and what the catalogue keeps. */
import * as z from 'zod/mini';
import { pageLimit, tokenWanted } from './page-limit';
import type { RecordFields } from './record';
import { longestSlug, slug, slugPattern, text, ulid } from './text';
import { ulidText } from './ulid';

const name = text({ max: 200 });
const description = text({ max: 5_000, min: 0, multiline: true });

export const categoryPath = z.strictObject({ categoryId: ulid });

/** How deep the tree may be: a category at the top is on the first level. */
export const mostLevels = 8;

/** The body of POST and PUT. Without a `slug`, one is derived from the name; without a `parentId`, it is at the top. */
export const newCategory = z.strictObject({
  name,
  slug: z.optional(slug),
  description: z.optional(description),
  parentId: z.nullish(ulid),
});
export type NewCategory = z.infer<typeof newCategory>;

/** The body of PATCH (RFC 7396): what is absent stays, `null` puts an optional field back to what POST would give it. */
export const categoryChanges = z.strictObject({
  name: z.optional(name),
  slug: z.nullish(slug),
  description: z.nullish(description),
  parentId: z.nullish(ulid),
} satisfies Record<keyof NewCategory, unknown>);
export type CategoryChanges = z.infer<typeof categoryChanges>;

/** A category as it is answered. `productCount` counts the active products, which everyone may see, and leaves `version` as it is. */
export interface Category extends Omit<NewCategory, 'slug' | 'parentId'>, RecordFields {
  id: string;
  slug: string;
  /** The category right above; absent at the top. */
  parentId?: string | undefined;
  productCount: number;
}

/** A category with those above it and itself, from the top. */
export interface CategoryWithPath extends Category {
  path: Pick<Category, 'id' | 'name' | 'slug'>[];
}

/** `none` is the parent of those at the top. */
const level = z
  .string()
  .check(z.regex(new RegExp(`^(?:${ulidText}|none)$`), 'must be a ULID, or none for the categories at the top'));

/** The query of `GET /categories`, which is sorted by slug: all of them, or those right below one. */
export const categoryQuery = z.strictObject({
  parentId: z.optional(level),
  limit: pageLimit,
  nextToken: z.optional(
    z.string().check(z.regex(slugPattern, { error: tokenWanted, abort: true }), z.maxLength(longestSlug, tokenWanted)),
  ),
});
export type CategoryQuery = z.infer<typeof categoryQuery>;
