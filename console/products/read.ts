/** One product as it is now. */
import { answerOf, api, type Product } from '../api/client';

/** Of any status for who may see those. Throws `Problem`. */
export const read = (productId: string, anyStatus: boolean): Promise<Product> => {
  const params = { path: { productId } };
  return anyStatus
    ? answerOf(api.GET('/admin/products/{productId}', { params }))
    : answerOf(api.GET('/products/{productId}', { params }));
};
