/** The filters that lists of products have in common, for a product that was found in another way than by them. */
import type { Product } from './product';

type Filters = { [Field in 'sku' | 'slug' | 'status' | 'categoryId']?: Product[Field] | undefined };

/** Whether the product passes all filters that are set. */
export const passes = (product: Product, { sku, slug, status, categoryId }: Filters): boolean =>
  (sku === undefined || sku === product.sku) &&
  (slug === undefined || slug === product.slug) &&
  (status === undefined || status === product.status) &&
  (categoryId === undefined || categoryId === product.categoryId);
