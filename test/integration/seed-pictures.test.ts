/** The pictures that the seed draws are such that the API takes them. */
import { sendPictures } from '../../local/seed/pictures';
import { handler as acceptImage } from '../../functions/accept-image';
import { createCategory, createProduct, handlerOf, readProduct } from '../support/catalog';
import { call } from '../support/events';
import { storeForFunctions } from '../support/function-uploads';
import { handlersAsRoutes } from '../support/handlers-as-routes';

it('a seeded mug gets its pictures, in their order', async () => {
  const store = await storeForFunctions({
    onCreated: (event) =>
      acceptImage(event as Parameters<typeof acceptImage>[0], { getRemainingTimeInMillis: () => 20_000 }),
  });
  const routes = handlersAsRoutes((request) => call(handlerOf(request.routeKey), request));
  const { id } = await createProduct((await createCategory()).id);
  await sendPictures(routes, id, 'DISH-MUG-RED');
  const { images = [], version } = await readProduct(id);
  expect(version).toBe(3);
  expect(images).toMatchObject([
    { alt: 'A red mug in front of a white wall', width: 480, height: 360 },
    { alt: 'The red mug in front of a grey wall' },
  ]);
  for (const { url } of images) expect((await fetch(`${store.url}${new URL(url).pathname}`)).status).toBe(200);
  await store.remove();
});
