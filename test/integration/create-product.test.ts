import { handler as createCategory } from '../../functions/create-category';
import { handler as createProduct } from '../../functions/create-product';
import { call } from '../support/events';

describe('POST /products', () => {
  it('returns 201 with the product, its ETag and its address', async () => {
    const category = await call(createCategory, { routeKey: 'POST /categories', body: { name: 'Shoes' } });
    const answer = await call(createProduct, {
      routeKey: 'POST /products',
      body: { sku: 'A-1', name: 'Red shoe', price: { amount: 1999, currency: 'EUR' }, categoryId: category.body.id },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ etag: '"1"', location: `/products/${answer.body.id}` });
  });
});
