/** What can be done with products. `author` is the caller's `sub`; `expected` the version that `If-Match` names. */
import { ulid } from 'ulid';
import { invalidRequest, notFound } from '../errors';
import type { Outcome, RepeatableRequest } from './idempotency';
import { once } from './idempotency-store';
import { maxAttributes, type NewProduct, type Product, type ProductChanges } from './product';
import type { AnyProductQuery, ProductQuery } from './product-parameters';
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
  const id = ulid();
  return once<Product>(request, (recordOf) =>
    withDerivedSlug(id, async (derive) => {
      const product: Product = { id, ...input, slug: input.slug ?? derive(input.name), ...firstVersion(author) };
      await insertProduct(product, recordOf(product));
      return product;
    }),
  );
}

/**
 * Gives the product exactly the fields of `input`. Throws `not_found`, `stale_version`, `sku_taken`, `slug_taken`,
 * `category_not_found`.
 */
export function replaceProduct(id: string, input: NewProduct, author: string, expected?: number): Promise<Product> {
  return updateProduct(id, author, expected, (current, derive) => ({
    ...input,
    slug: input.slug ?? derive(input.name, current.slug),
  }));
}

/** Changes the fields that `changes` names. Throws as `replaceProduct` does, and `invalid_request` for too many attributes. */
export function patchProduct(id: string, changes: ProductChanges, author: string, expected?: number): Promise<Product> {
  return updateProduct(id, author, expected, (current, derive) => merge(current, changes, derive));
}

type Writable = Omit<NewProduct, 'slug'> & { slug: string };

function updateProduct(
  id: string,
  author: string,
  expected: number | undefined,
  writable: (current: Product, derive: DeriveSlug) => Writable,
): Promise<Product> {
  return withDerivedSlug(id, (derive) =>
    changeProduct(id, (current) => {
      requireVersion(current, expected);
      return { id, ...writable(current, derive), ...nextVersion(current, author) };
    }),
  );
}

/** JSON Merge Patch (RFC 7396), field by field: `null` puts an optional field back to what POST would give it. */
function merge(current: Product, changes: ProductChanges, derive: DeriveSlug): Writable {
  const name = changes.name ?? current.name;
  return {
    sku: changes.sku ?? current.sku,
    name,
    slug: changes.slug === null ? derive(name, current.slug) : (changes.slug ?? current.slug),
    description: changes.description === null ? undefined : (changes.description ?? current.description),
    price: {
      amount: changes.price?.amount ?? current.price.amount,
      currency: changes.price?.currency ?? current.price.currency,
    },
    stockCount: changes.stockCount === null ? 0 : (changes.stockCount ?? current.stockCount),
    categoryId: changes.categoryId ?? current.categoryId,
    status: changes.status === null ? 'active' : (changes.status ?? current.status),
    imageUrl: changes.imageUrl === null ? undefined : (changes.imageUrl ?? current.imageUrl),
    attributes: changes.attributes === null ? undefined : mergeAttributes(current.attributes, changes.attributes),
  };
}

function mergeAttributes(current: Product['attributes'], changes: ProductChanges['attributes']): Product['attributes'] {
  if (!changes) return current;
  const merged = Object.entries({ ...current, ...changes }).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  );
  if (merged.length > maxAttributes) {
    const detail = `must have at most ${maxAttributes} pairs once merged`;
    throw invalidRequest([{ in: 'body', pointer: '/attributes', detail }]);
  }
  return Object.fromEntries(merged);
}

/** Throws `not_found`, `stale_version`. */
export function deleteProduct(id: string, author: string, expected?: number): Promise<void> {
  return removeProduct(id, (current) => {
    requireVersion(current, expected);
    return nextVersion(current, author);
  });
}

/**
 * Brings a deleted product back as it was, in a version of its own. Throws `not_found` for what never was, `not_deleted`,
 * `sku_taken`, `slug_taken`, `category_not_found`.
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
