/** What the list of products is filtered by and sorted, as its address says; what the address has that is none is left out. */
import { ulidPattern } from '../../src/catalog/ulid';
import type { Product, ProductStatus, Schemas } from '../api/client';
import { isStatus } from '../ui/statuses';

type Sort = Schemas['ProductSort'];

/** Without a member for what is not asked for. */
export interface Filter {
  q?: string;
  sort?: Sort;
  status?: ProductStatus;
  categoryId?: string;
}

const columns = ['name', 'sku', 'price', 'stockCount', 'createdAt', 'updatedAt'] as const satisfies (keyof Product)[];
const sorts: readonly Sort[] = columns.flatMap((column) => [column, `-${column}`] as const);

/** `isCategory` tells of an id, once all categories are known. */
export function filterOf(address: URLSearchParams, isCategory: (id: string) => boolean = () => true): Filter {
  const [q, given, status, categoryId] = ['q', 'sort', 'status', 'categoryId'].map((name) => address.get(name) ?? '');
  const sort = sorts.find((known) => known === given);
  return {
    ...(q && { q }),
    ...(sort && { sort }),
    ...(status !== undefined && isStatus(status) && { status }),
    ...(categoryId !== undefined && ulidPattern.test(categoryId) && isCategory(categoryId) && { categoryId }),
  };
}

/** The other way round, without the `?`. */
export const addressOf = (filter: Filter): string => new URLSearchParams({ ...filter }).toString();

/** Where a product is made that would be among those that are shown. */
export function newProductAddress({ status, categoryId }: Filter): string {
  const search = addressOf({ ...(status && { status }), ...(categoryId !== undefined && { categoryId }) });
  return `/products/new${search === '' ? '' : `?${search}`}`;
}
