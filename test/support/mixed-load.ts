/** What a shop and its admins ask of the catalogue all day: lists, products, new products and changes. */
import type { Request } from 'autocannon';
import type { StackInfo } from '../../deployment/stack-info';
import { send } from './stack';
import { accessClaims, sign } from './tokens';

const products = 100;

const describeProduct = (number: number, categoryId: string) => ({
  sku: `LOAD-${number}`,
  name: `Trail running shoe ${number}`,
  description: 'Light, with a firm grip on wet stone. '.repeat(8),
  price: { amount: 9_900 + number, currency: number % 2 === 0 ? 'EUR' : 'JPY' },
  stockCount: number % 50,
  categoryId,
  imageUrl: `https://images.example.com/shoes/${number}.jpg`,
  attributes: { colour: 'blue', size: String(36 + (number % 12)), material: 'mesh' },
});

/** Fills a category, and answers the requests to go through again and again: four reads, a new product and a change of one. */
export async function mixedLoad(stack: StackInfo): Promise<Request[]> {
  const authorization = `Bearer ${sign(accessClaims(stack, ['admin']))}`;
  const token = authorization.slice('Bearer '.length);
  const category = await send(stack.apiUrl, 'POST', '/categories', { token, body: { name: 'Shoes under load' } });
  const ids: string[] = [];
  for (let number = 0; number < products; number += 1) {
    const body = describeProduct(number, category.body.id);
    const { body: product } = await send(stack.apiUrl, 'POST', '/products', { token, body });
    ids.push(product.id);
  }

  let count = products;
  const next = () => (count += 1);
  const anyId = () => ids[next() % ids.length];
  const json = { authorization, 'content-type': 'application/json' };
  const read = (path: () => string): Request => ({
    method: 'GET',
    headers: { authorization },
    setupRequest: (request) => ({ ...request, path: path() }),
  });
  return [
    read(() => '/products?limit=10'),
    read(() => `/products/${anyId()}`),
    {
      method: 'POST',
      path: '/products',
      headers: json,
      setupRequest: (request) => ({ ...request, body: JSON.stringify(describeProduct(next(), category.body.id)) }),
    },
    read(() => `/products?limit=10&categoryId=${category.body.id}`),
    {
      method: 'PATCH',
      headers: json,
      setupRequest: (request) => {
        const body = JSON.stringify({ stockCount: next() % 50, price: { amount: 9_900 + count } });
        return { ...request, path: `/products/${anyId()}`, body };
      },
    },
    read(() => `/admin/products/${anyId()}/history?limit=10`),
  ];
}
