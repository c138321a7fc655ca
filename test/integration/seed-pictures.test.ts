/** The pictures that the seed draws are such that the API takes them, and a product gets all of them in the end. */
import { categories } from '../../local/seed/catalogue';
import { ensureCatalogue } from '../../local/seed/seed';
import { sendPictures } from '../../local/seed/pictures';
import { handler as acceptImage } from '../../functions/accept-image';
import { createCategory, createProduct, handlerOf, readProduct, send } from '../support/catalog';
import { call, type FakeRequest } from '../support/events';
import { storeForFunctions } from '../support/function-uploads';
import { handlersAsRoutes } from '../support/handlers-as-routes';
import type { TestImageStore } from '../support/image-store';
import { emptyTable } from '../support/test-table';

// The whole catalogue is seeded by the end-to-end tests.
categories.splice(0, categories.length, ...categories.filter(({ slug }) => slug === 'tableware'));

/** Notifications that come later, if at all. */
const late: (() => Promise<unknown>)[] = [];
let isLate = false;
let store: TestImageStore;

beforeAll(async () => {
  store = await storeForFunctions({
    onCreated: async (event) => {
      const tell = () =>
        acceptImage(event as Parameters<typeof acceptImage>[0], { getRemainingTimeInMillis: () => 20_000 });
      if (isLate) late.push(tell);
      else await tell();
    },
  });
});
beforeEach(emptyTable);
afterAll(() => store.remove());

class Ended extends Error {}

/** The API, for a seed that ends before the first request that is not to be sent any more. */
const routesUntil = (isLast: (request: FakeRequest) => boolean) => {
  let isOver = false;
  return handlersAsRoutes((request) => {
    isOver ||= isLast(request);
    if (isOver) throw new Ended();
    return call(handlerOf(request.routeKey), request);
  });
};
const routes = routesUntil(() => false);

const [first, second] = ['A red mug in front of a white wall', 'The red mug in front of a grey wall'];
const newMug = async () => createProduct((await createCategory()).id, { sku: 'DISH-MUG-RED' });
const altsOf = async (id: string) => ((await readProduct(id)).images ?? []).map(({ alt }) => alt);

it('a seeded mug gets its pictures, in their order', async () => {
  const { id } = await newMug();
  await sendPictures(routes, 'DISH-MUG-RED');
  const { images = [], version } = await readProduct(id);
  expect(version).toBe(3);
  expect(images).toMatchObject([{ alt: first, width: 480, height: 360 }, { alt: second }]);
  for (const { url } of images) expect((await fetch(`${store.url}${new URL(url).pathname}`)).status).toBe(200);
});

it.each([
  ['before the first picture', 1],
  ['between its pictures', 2],
])('a mug whose seed was ended %s has them all after the next one', async (_, uploads) => {
  let asked = 0;
  const ending = routesUntil(
    ({ routeKey }) => routeKey === 'POST /admin/products/{productId}/images' && (asked += 1) === uploads,
  );
  await expect(ensureCatalogue(ending, true)).rejects.toThrow(Ended);
  await ensureCatalogue(routes, true);
  const { body } = await send('GET /admin/products', { query: { sku: 'DISH-MUG-RED' } });
  expect(body).toMatchObject({ items: [{ version: 3, images: [{ alt: first }, { alt: second }] }] });
  const { body: blue } = await send('GET /admin/products', { query: { sku: 'DISH-MUG-BLUE' } });
  expect(blue).toMatchObject({ items: [{ version: 2, images: [{ width: 480 }] }] });
});

it('a picture that was sent, and looked at only after the seed was ended, is not sent again', async () => {
  const { id } = await newMug();
  isLate = true;
  const ending = routesUntil(
    ({ routeKey }) => routeKey === 'GET /admin/products/{productId}/images' && late.length > 0,
  );
  await expect(sendPictures(ending, 'DISH-MUG-RED')).rejects.toThrow(Ended);
  isLate = false;
  setTimeout(() => void late[0]?.(), 200);
  await sendPictures(routes, 'DISH-MUG-RED');
  expect(await altsOf(id)).toEqual([first, second]);
});

it('a mug that somebody has changed stays as it is', async () => {
  const { id } = await newMug();
  await sendPictures(routes, 'DISH-MUG-RED');
  await send('PATCH /products/{productId}', { id, body: { images: [] } });
  await sendPictures(routes, 'DISH-MUG-RED');
  expect(await altsOf(id)).toEqual([]);
});
