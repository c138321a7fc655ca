/** Where the table lists products and categories: partitions of its indexes, and the keys that put an item into them. */
import type { IndexPartition } from '../dynamodb/page';
import type { Category } from './category';
import type { Product } from './product';

const ofStatus = (status: Product['status']) => `PRODUCT#${status}`;
const inCategory = (categoryId: string, status: Product['status']) => `CATEGORY#${categoryId}#${status}`;

/** A product's keys in the indexes `by-status` and `by-category`; the indexes of all statuses have fields of it for keys. */
export const productIndexKeys = ({ id, categoryId, status }: Product) => ({
  gsi1pk: ofStatus(status),
  gsi1sk: id,
  gsi2pk: inCategory(categoryId, status),
  gsi2sk: id,
});

/**
 * The products of a category, of a status, of both, or all of them, by id. A product that changes its status moves from one
 * partition to another where `status` is given, and stays in its place where it is not.
 */
export function productList({ categoryId, status }: Partial<Pick<Product, 'categoryId' | 'status'>>): IndexPartition {
  if (status !== undefined && categoryId !== undefined) {
    const partition = inCategory(categoryId, status);
    return { index: 'by-category', partitionKey: 'gsi2pk', partition, sortKey: 'gsi2sk' };
  }
  if (status !== undefined) {
    return { index: 'by-status', partitionKey: 'gsi1pk', partition: ofStatus(status), sortKey: 'gsi1sk' };
  }
  return categoryId === undefined
    ? { index: 'all-by-type', partitionKey: 'sk', partition: 'PRODUCT', sortKey: 'id', keysOnly: true }
    : { index: 'all-by-category', partitionKey: 'categoryId', partition: categoryId, sortKey: 'id', keysOnly: true };
}

const allCategories = 'CATEGORY';
/** `none` stands in for the parent of those at the top. */
const below = (parentId = 'none') => `BELOW#${parentId}`;

/** A category's keys in the same two indexes. */
export const categoryIndexKeys = ({ slug, parentId }: Pick<Category, 'slug' | 'parentId'>) => ({
  gsi1pk: allCategories,
  gsi1sk: slug,
  gsi2pk: below(parentId),
  gsi2sk: slug,
});

/** All categories by slug, or those right below one; those at the top are below `none`. */
export const categoryList = (parentId?: string): IndexPartition =>
  parentId === undefined
    ? { index: 'by-status', partitionKey: 'gsi1pk', partition: allCategories, sortKey: 'gsi1sk' }
    : { index: 'by-category', partitionKey: 'gsi2pk', partition: below(parentId), sortKey: 'gsi2sk' };
