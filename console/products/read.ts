/** One product as it is now. */
import { answerOf, api, type Product } from '../api/client';
import { Problem } from '../api/problem';

/** Of any status for who may see those. Throws `Problem`. */
export async function read(productId: string, anyStatus: boolean): Promise<Product> {
  const params = { path: { productId } };
  try {
    return await (anyStatus
      ? answerOf(api.GET('/admin/products/{productId}', { params }))
      : answerOf(api.GET('/products/{productId}', { params })));
  } catch (error) {
    // Whoever has mistyped an address is not told of an id that is none.
    const isNone = error instanceof Problem && error.status === 400;
    throw isNone ? new Problem(404, 'product_not_found', 'There is no such product') : error;
  }
}
