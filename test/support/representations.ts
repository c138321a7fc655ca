/** What the API promises to answer, field by field: a field that is missing, unknown or of another type fails the test. */
import * as z from 'zod/mini';
import type { Category as AnsweredCategory } from '../../src/catalog/category';
import type { Product as AnsweredProduct } from '../../src/catalog/product';
import type { Answer } from './events';

const recordFields = {
  version: z.int().check(z.gte(1)),
  createdAt: z.iso.datetime({ precision: 3 }),
  createdBy: z.string(),
  updatedAt: z.iso.datetime({ precision: 3 }),
  updatedBy: z.string(),
};

export const category = z.strictObject({
  id: z.ulid(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  parentId: z.optional(z.ulid()),
  productCount: z.int().check(z.gte(0)),
  ...recordFields,
} satisfies Record<keyof AnsweredCategory, unknown>);
export type Category = z.infer<typeof category>;

const categoryWithPath = z.extend(category, {
  path: z.array(z.strictObject({ id: z.ulid(), name: z.string(), slug: z.string() })),
});

const image = z.strictObject({
  id: z.ulid(),
  url: z.url(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
  previewUrl: z.optional(z.url()),
});

export const product = z.strictObject({
  id: z.ulid(),
  sku: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  price: z.strictObject({ amount: z.int(), currency: z.string() }),
  stockCount: z.int(),
  categoryId: z.ulid(),
  status: z.enum(['draft', 'active', 'archived']),
  imageUrl: z.optional(z.string()),
  attributes: z.optional(z.record(z.string(), z.string())),
  images: z.optional(z.array(image).check(z.minLength(1), z.maxLength(20))),
  ...recordFields,
} satisfies Record<keyof AnsweredProduct, unknown>);
export type Product = z.infer<typeof product>;

const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextToken: z.optional(z.string()) });

export const categoryIn = (answer: Answer) => category.parse(answer.body);
export const categoryWithPathIn = (answer: Answer) => categoryWithPath.parse(answer.body);
export const productIn = (answer: Answer) => product.parse(answer.body);
export const categoriesIn = (answer: Answer) => pageOf(category).parse(answer.body);
const productPage = z.extend(pageOf(product), { indexedAt: z.optional(z.iso.datetime()) });
export const productsIn = (answer: Answer) => productPage.parse(answer.body);
