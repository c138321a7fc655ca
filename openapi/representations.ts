/** What the API answers when all goes well, as schemas: what can be sent, and what the server adds to it. */
import * as z from 'zod/mini';
import { categoryQuery, newCategory, type Category } from '../src/catalog/category';
import { historyQuery, type HistoryEntry } from '../src/catalog/history';
import { newProduct, type Product } from '../src/catalog/product';
import { productQuery } from '../src/catalog/product-parameters';
import { slug, ulid } from '../src/catalog/text';

const count = z.int().check(z.gte(0));
const version = z.int().check(z.gte(1));
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), z.meta({ format: 'date-time' }));
/** The `sub` of a user. */
const author = z.string().check(z.minLength(1));

const added = { id: ulid, slug, version, createdAt: instant, createdBy: author, updatedAt: instant, updatedBy: author };

// Each must be the type that the operations return: the compiler says where they part.
export const product = z.extend(newProduct, added) satisfies z.ZodMiniType<Product>;
export const category = z.extend(newCategory, {
  ...added,
  productCount: count,
}) satisfies z.ZodMiniType<Category>;

export const emptyObject = z.strictObject({});

/** What a field was or became. */
export const fieldValue = z.union([z.string(), z.int(), emptyObject]);

export const fieldChange = z.strictObject({
  pointer: z.string().check(z.regex(/^(?:\/(?:[^~/]|~[01])*)+$/)),
  before: z.optional(fieldValue),
  after: z.optional(fieldValue),
});

export const historyAction = z.enum(['created', 'updated', 'deleted', 'restored']);

export const historyEntry = z.strictObject({
  version,
  action: historyAction,
  at: instant,
  by: author,
  changes: z.array(fieldChange),
}) satisfies z.ZodMiniType<HistoryEntry>;

/** A page's token is what the list takes for the next one. */
function pageOf(item: z.ZodMiniType, { shape: { nextToken } }: { shape: { nextToken: z.ZodMiniType } }) {
  return z.strictObject({ items: z.array(item).check(z.maxLength(100)), nextToken });
}

export const productPage = pageOf(product, productQuery);
export const categoryPage = pageOf(category, categoryQuery);
export const historyPage = pageOf(historyEntry, historyQuery);

export const gatewayMessage = z.strictObject({ message: z.string().check(z.minLength(1)) });
