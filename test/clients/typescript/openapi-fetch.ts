/** A client of openapi-fetch, with the types that openapi-typescript makes of docs/openapi.json. */
import createClient from 'openapi-fetch';
import type { paths } from './generated/openapi-typescript.js';
import { jwt, lambda, signIn } from './stack.js';

const token = await signIn(jwt, 'admin@example.com');
console.log('signed in');

// docs
const catalogue = createClient<paths>({ baseUrl: jwt.apiUrl, headers: { authorization: `Bearer ${token}` } });
// docs

const { data: category } = await catalogue.POST('/categories', { body: { name: 'openapi-fetch' } });
if (!category) throw new Error('no category');

const product = {
  sku: 'openapi-fetch-1',
  name: 'Red shoe',
  price: { amount: 5_000_000_000, currency: 'EUR' as const },
  categoryId: category.id,
};
const created = await catalogue.POST('/products', {
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: product,
});
if (!created.data) throw new Error('no product');
console.log(`created at ${created.data.price.amount} ${created.data.price.currency}`);
const path = { productId: created.data.id };

// docs
const changed = await catalogue.PATCH('/products/{productId}', {
  params: { path, header: { 'If-Match': created.response.headers.get('etag') ?? '*' } },
  body: { price: { amount: 3_900 }, imageUrl: null },
});
if (changed.data) console.log(`changed to ${changed.data.price.amount}, version ${changed.data.version}`);
// docs

const { error: overtaken } = await catalogue.PATCH('/products/{productId}', {
  params: { path, header: { 'If-Match': '"1"' } },
  body: { name: 'Blue shoe' },
});
if (overtaken && 'currentVersion' in overtaken) console.log(`412 ${overtaken.code}: now ${overtaken.currentVersion}`);

// docs
const { error } = await catalogue.POST('/products', { body: product });
if (error && 'code' in error && error.code === 'sku_taken') console.log(`409 ${error.code}: ${error.field}`);
// docs

for (const sku of ['openapi-fetch-2', 'openapi-fetch-3']) {
  const { response } = await catalogue.POST('/products', { body: { ...product, sku, slug: sku } });
  if (response.status !== 201) throw new Error(`${sku}: ${response.status}`);
}
let count = 0;
let nextToken: string | undefined;
do {
  const query = { categoryId: category.id, limit: 2, ...(nextToken && { nextToken }) };
  const { data: page } = await catalogue.GET('/admin/products', { params: { query } });
  count += page?.items.length ?? 0;
  nextToken = page?.nextToken;
} while (nextToken);
console.log(`paged through ${count}`);

for (const stack of [jwt, lambda]) {
  const shopper = createClient<paths>({
    baseUrl: stack.apiUrl,
    headers: { authorization: `Bearer ${await signIn(stack, 'shopper@example.com')}` },
  });
  const { error: refused } = await shopper.POST('/categories', { body: { name: 'Mine' } });
  if (refused) console.log('code' in refused ? `403 ${refused.code}` : `403 from the gateway: ${refused.message}`);
}

const { response } = await catalogue.DELETE('/products/{productId}', { params: { path } });
console.log(`deleted: ${response.status}`);
