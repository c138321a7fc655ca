/** Pictures of a few products, drawn here: a mug in front of a wall. */
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../../deployment/failure';
import type { Routes } from '../../deployment/routes';
import { encodePng, type Colour } from './png';

interface Picture {
  alt: string;
  mug: Colour;
  wall: Colour;
}

const red: Colour = [196, 48, 43];
const blue: Colour = [38, 84, 160];
const white: Colour = [247, 246, 242];
const grey: Colour = [214, 216, 219];
const sand: Colour = [232, 220, 196];

/** The pictures of each product, by its SKU. */
const pictures: Readonly<Record<string, Picture[]>> = {
  'DISH-MUG-RED': [
    { alt: 'A red mug in front of a white wall', mug: red, wall: white },
    { alt: 'The red mug in front of a grey wall', mug: red, wall: grey },
  ],
  'DISH-MUG-BLUE': [{ alt: 'A blue mug in front of a sand-coloured wall', mug: blue, wall: sand }],
};

/** How long to wait until the local stack has looked at a file, in milliseconds, with some to spare. */
const longestLook = 2_000;

const longestWait = 10_000;

/**
 * Sends the product with this SKU those of its pictures that it does not have yet, one after the other, and waits until
 * it has them. A product that was changed in another way is left alone. Throws `Failure`.
 */
export async function sendPictures(routes: Routes, sku: string): Promise<void> {
  const wanted = pictures[sku];
  if (!wanted) return;
  const findProduct = async () =>
    (await routes.GET('/admin/products', { params: { query: { sku } } })).data?.items.find(
      (found) => found.sku === sku,
    );
  const id = (await findProduct())?.id;
  // The product does not exist: it was refused for another reason than a SKU that is taken.
  if (id === undefined) return;
  // An earlier run may have ended before a picture that it sent was looked at.
  await untilNoneIsAwaited(routes, id);
  const { version, images = [] } = (await findProduct()) ?? {};
  // Each picture has made a version of it, and so has whatever else was done.
  if (version !== 1 + images.length) return;
  for (const picture of wanted.slice(images.length)) await sendPicture(routes, id, sku, picture);
}

/**
 * Waits until no upload of the product is open any more, or for so long that no file can have been sent for an open
 * one.
 */
async function untilNoneIsAwaited(routes: Routes, productId: string): Promise<void> {
  const end = Date.now() + longestLook;
  while (Date.now() < end) {
    const { data } = await routes.GET('/admin/products/{productId}/images', { params: { path: { productId } } });
    if (!data?.items.some(({ state }) => state === 'awaited')) return;
    await pause(50);
  }
}

async function sendPicture(routes: Routes, productId: string, sku: string, picture: Picture): Promise<void> {
  const file = draw(picture);
  const params = { path: { productId } };
  const body = { contentType: 'image/png', bytes: file.length, alt: picture.alt } as const;
  const { data: form } = await routes.POST('/admin/products/{productId}/images', { params, body });
  if (!form) throw new Failure(`The API takes no picture of ${sku}, and the logs say why.`);
  const parts = new FormData();
  for (const [name, value] of Object.entries(form.fields)) parts.append(name, value);
  parts.append('file', new Blob([file], { type: 'image/png' }));
  const { status } = await fetch(form.url, { method: 'POST', body: parts });
  if (status !== 204) throw new Failure(`A picture of ${sku} was refused (${status}), and the logs say why.`);
  await untilAccepted(routes, productId, form.imageId);
}

async function untilAccepted(routes: Routes, productId: string, imageId: string): Promise<void> {
  const end = Date.now() + longestWait;
  while (Date.now() < end) {
    const { data } = await routes.GET('/admin/products/{productId}/images', { params: { path: { productId } } });
    if (data?.items.find(({ id }) => id === imageId)?.state === 'accepted') return;
    await pause(50);
  }
  throw new Failure('A picture was not looked at, and the logs say why.');
}

const [width, height] = [480, 360];

const isMug = (x: number, y: number): boolean => {
  const fromHandle = Math.hypot(x - 310, y - 180);
  return (x >= 140 && x < 310 && y >= 80 && y < 290) || (x >= 310 && fromHandle > 44 && fromHandle < 68);
};

const draw = ({ mug, wall }: Picture): Buffer<ArrayBuffer> =>
  encodePng(width, height, (x, y) => (isMug(x, y) ? mug : wall));
