/** Random writes to a handful of products, for tests that hold whatever is written. */
import { send } from './catalog';
import type { Answer } from './events';
import type { Kind, RandomWrite } from './random-products';
import { restore } from './restorations';

/** Sends a write for the product of this id, as this caller. */
export function sendWrite(
  kind: Kind,
  id: string,
  sub: string,
  categoryId: string,
  write: RandomWrite,
): Promise<Answer> {
  switch (kind) {
    case 'create':
      return send('POST /products', { sub, body: { ...write.whole, categoryId } });
    case 'PUT':
      return send('PUT /products/{productId}', {
        id,
        sub,
        body: { ...write.whole, categoryId },
        headers: { 'if-match': '*' },
      });
    case 'PATCH':
      return send('PATCH /products/{productId}', {
        id,
        sub,
        body: { ...write.part, ...(write.moves ? { categoryId } : {}) },
      });
    case 'DELETE':
      return send('DELETE /products/{productId}', { id, sub });
    case 'restore':
      return restore(id, { sub });
  }
}
