/** Pictures that are sent to products of a running stack, and what becomes of them. */
import type { StackInfo } from '../../deployment/stack-info';
import { eventually } from './eventually';
import { sendForm } from './image-store';
import { send } from './stack';
import { adminOf } from './tokens';

interface Offered {
  imageId: string;
  url: string;
  fields: Record<string, string>;
}

interface ShownImage {
  id: string;
  url: string;
  alt: string;
  width: number;
  height: number;
}

const imagesOf = (productId: string) => `/admin/products/${productId}/images`;

/** A form for so many bytes. Throws where there is none. */
export async function offeredForm(stack: StackInfo, productId: string, bytes: number, contentType = 'image/png') {
  const announced = { contentType, bytes, alt: `${bytes} bytes` };
  const { status, body } = await send(stack.apiUrl, 'POST', imagesOf(productId), {
    token: adminOf(stack),
    body: announced,
  });
  if (status !== 201) throw new Error(`A form was answered with ${status} ${JSON.stringify(body)}`);
  return body as Offered;
}

/** What became of an upload, once that is known. */
export const decided = (
  stack: StackInfo,
  productId: string,
  imageId: string,
): Promise<{ state: string; reason?: string }> =>
  eventually(`decision about ${imageId}`, async () => {
    const { body } = await send(stack.apiUrl, 'GET', imagesOf(productId), { token: adminOf(stack) });
    const items = body.items as { id: string; state: string; reason?: string }[];
    return items.find(({ id, state }) => id === imageId && state !== 'awaited');
  });

/** Sends the file, and answers what became of it. */
export async function sendPicture(stack: StackInfo, productId: string, file: Buffer, contentType = 'image/png') {
  const form = await offeredForm(stack, productId, file.length, contentType);
  const { status } = await sendForm(form, file);
  if (status !== 204) throw new Error(`The bucket has answered ${status}`);
  return { form, ...(await decided(stack, productId, form.imageId)) };
}

export async function imagesShown(stack: StackInfo, productId: string): Promise<ShownImage[]> {
  const { body } = await send(stack.apiUrl, 'GET', `/admin/products/${productId}`, { token: adminOf(stack) });
  return (body.images ?? []) as ShownImage[];
}
