/** Sends what somebody has changed in the form of a product, unless somebody else was faster. */
import { answerOf, api, etag, type Product } from '../api/client';
import { Problem } from '../api/problem';
import { read } from './read';
import { changedFields, patchOf, valuesOf, type Values } from './values';

/** Somebody else was faster. */
export class Overtaken extends Error {
  constructor(readonly now: Product) {
    super('The product has been changed meanwhile');
  }
}

/** Changes what differs, in the version that the form was filled with, unless it is so already. Throws `Overtaken`; where theirs cannot be read, that is what is told. */
export async function patch(from: Product, next: Values): Promise<Product> {
  try {
    return await answerOf(
      api.PATCH('/products/{productId}', {
        params: { path: { productId: from.id }, header: { 'If-Match': etag(from.version) } },
        body: patchOf(valuesOf(from), next),
      }),
    );
  } catch (error) {
    if (error instanceof Problem && error.status === 412) {
      const now = await read(from.id, true);
      // As after a first try whose answer was lost, or by oneself in another tab.
      if (changedFields(next, valuesOf(now)).length === 0) return now;
      throw new Overtaken(now);
    }
    // What is typed is kept: it can be saved once the product is back.
    if (error instanceof Problem && error.status === 404)
      throw new Problem(
        404,
        error.code,
        'This product has been deleted meanwhile: restore it from the bin in another tab, then save again',
      );
    throw error;
  }
}
