/** A client that @hey-api/openapi-ts has made of docs/openapi.json. */
import { createClient } from './generated/hey-api/client/index.js';
import * as catalogue from './generated/hey-api/sdk.gen.js';
import { jwt, lambda, signIn } from './stack.js';

const token = await signIn(jwt, 'admin@example.com');
console.log('signed in');

// docs
const client = createClient({ baseUrl: jwt.apiUrl, auth: token });
// docs

const { data: category } = await catalogue.createCategory({ client, body: { name: 'hey-api' } });
if (!category) throw new Error('no category');

const product = {
  sku: 'hey-api-1',
  name: 'Red shoe',
  price: { amount: 5_000_000_000, currency: 'EUR' as const },
  categoryId: category.id,
};
const created = await catalogue.createProduct({
  client,
  headers: { 'Idempotency-Key': crypto.randomUUID() },
  body: product,
});
if (!created.data) throw new Error('no product');
console.log(`created at ${created.data.price.amount} ${created.data.price.currency}`);
const path = { productId: created.data.id };

// docs
const changed = await catalogue.patchProduct({
  client,
  path,
  headers: { 'If-Match': created.response?.headers.get('etag') ?? '*' },
  body: { price: { amount: 3_900 }, imageUrl: null },
});
if (changed.data) console.log(`changed to ${changed.data.price.amount}, version ${changed.data.version}`);
// docs

const { error: overtaken } = await catalogue.patchProduct({
  client,
  path,
  headers: { 'If-Match': '"1"' },
  body: { name: 'Blue shoe' },
});
if (overtaken && 'currentVersion' in overtaken) console.log(`412 ${overtaken.code}: now ${overtaken.currentVersion}`);

// docs
const { error } = await catalogue.createProduct({ client, body: product });
if (error && 'code' in error && error.code === 'sku_taken') console.log(`409 ${error.code}: ${error.field}`);
// docs

for (const sku of ['hey-api-2', 'hey-api-3']) {
  await catalogue.createProduct({ client, body: { ...product, sku, slug: sku }, throwOnError: true });
}
let count = 0;
let nextToken: string | undefined;
do {
  const query = { categoryId: category.id, limit: 2, ...(nextToken && { nextToken }) };
  const { data: page } = await catalogue.listAllProducts({ client, query });
  count += page?.items.length ?? 0;
  nextToken = page?.nextToken;
} while (nextToken);
console.log(`paged through ${count}`);

for (const stack of [jwt, lambda]) {
  const shopper = createClient({ baseUrl: stack.apiUrl, auth: await signIn(stack, 'shopper@example.com') });
  const { error: refused } = await catalogue.createCategory({ client: shopper, body: { name: 'Mine' } });
  if (refused) console.log('code' in refused ? `403 ${refused.code}` : `403 from the gateway: ${refused.message}`);
}

const { response } = await catalogue.deleteProduct({ client, path });
console.log(`deleted: ${response?.status}`);
