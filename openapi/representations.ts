/** What the API answers when all goes well, as schemas: what can be sent, and what the server adds to it. */
import * as z from 'zod/mini';
import { categoryQuery, mostLevels, newCategory, type Category, type CategoryWithPath } from '../src/catalog/category';
import type { HistoryEntry } from '../src/catalog/history';
import { historyQuery } from '../src/catalog/history-query';
import { newProduct } from '../src/catalog/product';
import { slug, ulid } from '../src/catalog/text';
import type { RecordChange } from '../src/changes/change-store';
import { action, changeQuery, recordKind } from '../src/changes/parameters';
import { mostImages } from '../src/images/image';
import type { ShownProduct } from '../src/images/shown';
import { anyProductSearch } from '../src/search/parameters';
import type { CategoryNode } from '../src/tree/nodes';
import { sub, userQuery } from '../src/users/parameters';
import { keptImage, shownImage } from './image-representations';
import { instant, pageOf } from './lists';
import { fieldError } from './problems';

const count = z.int().check(z.gte(0));
export const version = z.int().check(z.gte(1));
/** The `sub` of a user. */
export const author = z.string().check(z.minLength(1));

const added = { id: ulid, slug, version, createdAt: instant, createdBy: author, updatedAt: instant, updatedBy: author };

// Each must be the type that the operations return: the compiler says where they part.
export const product = z.extend(newProduct, {
  ...added,
  images: z.optional(z.array(shownImage).check(z.minLength(1), z.maxLength(mostImages))),
}) satisfies z.ZodMiniType<ShownProduct>;
export const category = z.extend(newCategory, {
  ...added,
  parentId: z.optional(ulid),
  productCount: count,
}) satisfies z.ZodMiniType<Category>;

export const pathStep = z.strictObject({ id: ulid, name: newCategory.shape.name, slug });
export const categoryWithPath = z.extend(category, {
  path: z.array(pathStep).check(z.minLength(1), z.maxLength(mostLevels)),
}) satisfies z.ZodMiniType<CategoryWithPath>;

/** A node in a node. A schema that refers to itself would lose its name when it is made JSON Schema. */
export const innerNode = z.custom<CategoryNode>();
export const categoryNode = z.strictObject({
  ...pathStep.shape,
  productCount: count,
  subtreeProductCount: count,
  children: z.array(innerNode),
}) satisfies z.ZodMiniType<CategoryNode>;
export const categoryTree = z.strictObject({ items: z.array(categoryNode) });

export const emptyObject = z.strictObject({});

/** What a field was or became. */
export const fieldValue = z.union([z.string(), z.int(), emptyObject, z.array(keptImage)]);

export const fieldChange = z.strictObject({
  pointer: z.string().check(z.regex(/^(?:\/(?:[^~/]|~[01])*)+$/)),
  before: z.optional(fieldValue),
  after: z.optional(fieldValue),
});

export const historyEntry = z.strictObject({
  version,
  action,
  at: instant,
  by: author,
  changes: z.array(fieldChange),
}) satisfies z.ZodMiniType<HistoryEntry>;

export const recordChange = z.strictObject({
  record: recordKind,
  id: ulid,
  ...historyEntry.shape,
}) satisfies z.ZodMiniType<RecordChange>;

export const rowAction = z.enum(['created', 'changed', 'unchanged', 'deleted', 'rejected']);

export const rowProblemCode = z.enum([
  'invalid_request',
  'not_found',
  'sku_taken',
  'slug_taken',
  'category_not_found',
  'stale_version',
  'repeated_row',
  'row_not_done',
  'busy',
]);

export const rowProblem = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: rowProblemCode,
  errors: z.optional(z.array(fieldError)),
  field: z.optional(z.string()),
  value: z.optional(z.string()),
  currentVersion: z.optional(version),
  row: z.optional(count),
});

export const rowResult = z.strictObject({
  action: rowAction,
  id: z.optional(ulid),
  version: z.optional(version),
  changes: z.optional(z.array(fieldChange)),
  problem: z.optional(rowProblem),
});

export const rowResults = z.strictObject({ results: z.array(rowResult).check(z.minLength(1), z.maxLength(100)) });

export const productPage = z.extend(pageOf(product, anyProductSearch), { indexedAt: z.optional(instant) });
export const categoryPage = pageOf(category, categoryQuery);
export const historyPage = pageOf(historyEntry, historyQuery);
export const changePage = pageOf(recordChange, changeQuery);

/** Groups of the pool, which can have more than the policy. */
export const user = z.strictObject({
  sub,
  email: z.string(),
  emailVerified: z.boolean(),
  status: z.string(),
  enabled: z.boolean(),
  createdAt: z.optional(instant),
  groups: z.array(z.string()),
});
export const userPage = pageOf(user, userQuery);

export const gatewayMessage = z.strictObject({ message: z.string().check(z.minLength(1)) });
