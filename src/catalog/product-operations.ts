/** What can be done with products. `author` is the caller's `sub`; `expected` the version that `If-Match` names. */
import { notFound } from '../errors';
import { arrangeImages } from '../images/image';
import type { Outcome, RepeatableRequest } from './idempotency';
import { once } from './idempotency-store';
import { newId } from './new-id';
import type { NewProduct, Product } from './product';
import type { ProductChanges, ProductReplacement } from './product-changes';
import { mergeProduct, type WritableProduct } from './product-merge';
import type { AnyProductQuery, ProductQuery } from './product-query';
import {
  changeProduct,
  insertProduct,
  listProducts,
  readProduct,
  readProductHistory,
  reinsertProduct,
  removeProduct,
} from './product-store';
import { firstVersion, nextVersion, requireVersion } from './record';
import { withDerivedSlug, type DeriveSlug } from './slug';

/** Throws `sku_taken`, `slug_taken`, `category_not_found`, and `idempotency_key_reused` for a `request` that has a key. */
export function createProduct(
  input: NewProduct,
  author: string,
  request?: RepeatableRequest,
): Promise<Outcome<Product>> {
  const id = newId();
  return once<Product>(request, (recordOf) =>
    withDerivedSlug(id, (derive) =>
      insertProduct(
        () => ({ id, ...input, slug: input.slug ?? derive(input.name), ...firstVersion(author) }),
        recordOf,
      ),
    ),
  );
}

/**
 * Gives the product exactly the fields of `input`, and leaves pictures that it says nothing of. Throws `not_found`,
 * `stale_version`, `sku_taken`, `slug_taken`, `category_not_found`, and `invalid_request` for pictures that it does not have.
 */
export function replaceProduct(
  id: string,
  input: ProductReplacement,
  author: string,
  expected?: number,
): Promise<Product> {
  return updateProduct(id, author, expected, (current, derive) => ({
    ...input,
    slug: input.slug ?? derive(input.name, current.slug),
    images: input.images === undefined ? current.images : arrangeImages(current.images, input.images),
  }));
}

/** Changes the fields that `changes` names. Throws as `replaceProduct` does, and `invalid_request` for too many attributes. */
export function patchProduct(id: string, changes: ProductChanges, author: string, expected?: number): Promise<Product> {
  return updateProduct(id, author, expected, (current, derive) => mergeProduct(current, changes, derive));
}

function updateProduct(
  id: string,
  author: string,
  expected: number | undefined,
  writable: (current: Product, derive: DeriveSlug) => WritableProduct,
): Promise<Product> {
  return withDerivedSlug(id, (derive) =>
    changeProduct(id, (current) => {
      requireVersion(current, expected);
      return { id, ...writable(current, derive), ...nextVersion(current, author) };
    }),
  );
}

/** Throws `not_found`, `stale_version`. */
export function deleteProduct(id: string, author: string, expected?: number): Promise<void> {
  return removeProduct(id, (current) => {
    requireVersion(current, expected);
    return nextVersion(current, author);
  });
}

/**
 * Brings a deleted product back as it was, without pictures whose files may be gone, in a version of its own. Throws `not_found`
 * for what never was, `not_deleted`, `sku_taken`, `slug_taken`, `category_not_found`.
 */
export function restoreProduct(id: string, author: string): Promise<Product> {
  return reinsertProduct(id, (content, version) => ({
    id,
    ...content,
    ...nextVersion({ ...content, version }, author),
  }));
}

/** What a shopper may see: active products alone. Throws `not_found`. */
export async function getActiveProduct(id: string): Promise<Product> {
  const product = await readProduct(id);
  if (product.status !== 'active') throw notFound('product');
  return product;
}

/** Both throw `not_found`. */
export { readProduct as getAnyProduct, readProductHistory as listProductHistory };

/** One page of the active products, newest first. */
export function listActiveProducts(query: ProductQuery) {
  return listProducts(query, 'active');
}

/** One page of the products of one status, or of all of them, newest first. */
export function listAllProducts({ status, ...query }: AnyProductQuery) {
  return listProducts(query, status);
}
