/** What is asked of the search function, and what it answers: ids in their order, for the records to be read by. */
import * as z from 'zod/mini';
import type { ProductStatus } from '../catalog/product-parameters';

/** Each from the least on; with `-`, from the greatest. */
const fields = ['name', 'sku', 'price', 'stockCount', 'createdAt', 'updatedAt'] as const;
export type SortField = (typeof fields)[number];
export const sort = z.enum(['relevance', ...fields, ...fields.map((field): `-${SortField}` => `-${field}`)]);
export type Sort = z.infer<typeof sort>;

/** The field of an order, none for relevance, and its direction. */
export const directionOf = (by: Sort): { field: SortField | undefined; isDescending: boolean } => ({
  field: fields.find((field) => by.endsWith(field)),
  isDescending: by.startsWith('-'),
});

/** Where a product is in an order: by this value, and by its id among those that have the same. */
export type Position = readonly [value: string | number, id: string];

export interface Question {
  /** Without it, every product fits. */
  q?: string | undefined;
  sort: Sort;
  status?: ProductStatus | undefined;
  categoryId?: string | undefined;
  /** With `categoryId`: what is in the categories below it fits too. */
  descendants?: 'true' | undefined;
  sku?: string | undefined;
  slug?: string | undefined;
  /** Only what follows this. */
  after?: Position | undefined;
  limit: number;
}

export interface Hits {
  /** Each with the category that it was found in. */
  hits: { id: string; categoryId: string; position: Position }[];
  /** Whether others follow. */
  more: boolean;
}

export interface Reply extends Hits {
  /** When the index was brought up to date, ISO 8601. */
  indexedAt: string;
}
