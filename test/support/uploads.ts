/** Pictures that are sent to products of a running stack, and what becomes of them. */
import type { StackInfo } from '../../deployment/stack-info';
import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';
import { sendForm } from './image-store';
import { send } from './stack';
import { adminOf } from './tokens';

interface Form {
  url: string;
  fields: Record<string, string>;
}

interface Offered extends Form {
  imageId: string;
  preview?: Form;
}

interface Upload {
  id: string;
  state: 'awaited' | 'accepted' | 'refused';
  reason?: string;
}

interface ShownImage {
  id: string;
  url: string;
  previewUrl?: string;
  alt: string;
  width: number;
  height: number;
}

/** A product without pictures, in a category of its own. */
export async function newProduct(stack: StackInfo): Promise<string> {
  const { apiUrl } = stack;
  const token = adminOf(stack);
  const category = await send(apiUrl, 'POST', '/categories', { token, body: { name: randomUUID() } });
  const price = { amount: 1, currency: 'EUR' };
  const body = { sku: randomUUID(), name: 'Pictured', price, categoryId: category.body.id as string };
  return (await send(apiUrl, 'POST', '/products', { token, body })).body.id as string;
}

export const versionOf = async (stack: StackInfo, productId: string): Promise<number> =>
  (await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token: adminOf(stack) })).body.version as number;

const imagesOf = (productId: string) => `/admin/products/${productId}/images`;

interface Announced {
  bytes: number;
  contentType?: string;
  preview?: { bytes: number };
}

/** A form for what is announced, a PNG where nothing else is said. Throws where there is none. */
export async function offeredForm(stack: StackInfo, productId: string, announced: Announced): Promise<Offered> {
  const body = { contentType: 'image/png', alt: `${announced.bytes} bytes`, ...announced };
  const answer = await send(stack.apiUrl, 'POST', imagesOf(productId), { token: adminOf(stack), body });
  if (answer.status !== 201)
    throw new Error(`A form was answered with ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Offered;
}

/** What has become of the product's uploads so far, up to 100. */
export async function uploadsOf(stack: StackInfo, productId: string): Promise<Upload[]> {
  const { body } = await send(stack.apiUrl, 'GET', `${imagesOf(productId)}?limit=100`, { token: adminOf(stack) });
  return body.items as Upload[];
}

/** What became of an upload, once that is known. */
export const decided = (stack: StackInfo, productId: string, imageId: string): Promise<Upload> =>
  eventually(`decision about ${imageId}`, async () => {
    const all = await uploadsOf(stack, productId);
    return all.find(({ id, state }) => id === imageId && state !== 'awaited');
  });

/** Sends the file, and answers what became of it. */
export async function sendPicture(stack: StackInfo, productId: string, file: Buffer, contentType = 'image/png') {
  const form = await offeredForm(stack, productId, { bytes: file.length, contentType });
  const { status } = await sendForm(form, file);
  if (status !== 204) throw new Error(`The bucket has answered ${status}`);
  return { form, ...(await decided(stack, productId, form.imageId)) };
}

/** Of a product that is there, or of none. */
export async function imagesShown(stack: StackInfo, productId: string): Promise<ShownImage[]> {
  const address = `/admin/products/${productId}`;
  const { status, body } = await send(stack.apiUrl, 'GET', address, { token: adminOf(stack) });
  if (status !== 200 && status !== 404) throw new Error(`GET ${address} was answered with ${status}`);
  return (body.images ?? []) as ShownImage[];
}
