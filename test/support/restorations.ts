/** Products that are deleted, and how they come back. */
import { createProduct, send, type Request } from './catalog';
import type { Product } from './representations';

export const restoreRoute = 'POST /admin/products/{productId}/restore';

export const restore = (id: string, request: Request = {}) => send(restoreRoute, { ...request, id });

export async function remove(id: string, sub = 'admin-sub'): Promise<void> {
  expect((await send('DELETE /products/{productId}', { id, sub })).status).toBe(204);
}

/** The product as it was before it was deleted. */
export async function createDeleted(categoryId: string, fields: object = {}): Promise<Product> {
  const product = await createProduct(categoryId, fields);
  await remove(product.id);
  return product;
}
