/** Makes a file that was sent a picture of its product, once, or refuses it for good. May be begun anew after any of its steps. */
import { nextVersion } from '../catalog/record';
import type { Product } from '../catalog/product';
import { changeProduct } from '../catalog/product-store';
import { ApplicationError } from '../errors';
import { log } from '../log';
import { copyOnce, remove } from './bucket';
import { examine, type Examined } from './examine';
import { mostImages, type Image } from './image';
import { pendingKey, shownKey, type Part } from './keys';
import type { Refusal } from './refusals';
import { acceptance, readTicket, refuse, Settled, type Ticket } from './ticket-store';

/**
 * What was announced is decided by the picture's own file, whose preview was sent before it. The copies come first, then the
 * transaction that adds them to the product and settles the upload, then what was sent goes: a product never shows what is not
 * there, and what is accepted stays. Throws what is to be tried again.
 */
export async function acceptUpload(productId: string, imageId: string): Promise<void> {
  const sent = (['picture', 'preview'] as const).map((part) => pendingKey(productId, imageId, part));
  const ticket = await readTicket(productId, imageId);
  if (!ticket || ticket.state === 'accepted') return remove(sent);
  if (ticket.state === 'refused') {
    // What was sent goes last: as long as it lies there, somebody looks again.
    await remove(copiesOf(ticket));
    return remove(sent);
  }
  const picture = await examine(ticket, 'picture', ticket.picture);
  if (picture === undefined) return;
  const decided = typeof picture === 'string' ? picture : await add(ticket, picture);
  if (decided !== undefined) await refuse(ticket, decided).catch(unlessSettled);
  log.info('image', { productId, imageId, refused: decided });
  // Whatever was decided, here or by another at the same time, is carried out.
  return acceptUpload(productId, imageId);
}

/** Refuses an upload that nothing has decided by now; whatever was decided is carried out to its end. */
export async function giveUp(productId: string, imageId: string): Promise<void> {
  const ticket = await readTicket(productId, imageId);
  if (ticket?.state === 'awaited') await refuse(ticket, 'too_late').catch(unlessSettled);
  await acceptUpload(productId, imageId);
}

/** A preview alone decides nothing; one that comes too late goes. */
export async function receivePreview(productId: string, imageId: string): Promise<void> {
  const ticket = await readTicket(productId, imageId);
  if (ticket?.state !== 'awaited') await remove([pendingKey(productId, imageId, 'preview')]);
}

/** Answers why it cannot be added, where that is so. */
async function add(ticket: Ticket, picture: Examined): Promise<Refusal | undefined> {
  const { productId, imageId: id, alt, author } = ticket;
  if (!(await copy(ticket, 'picture', picture, ticket.picture.type))) return 'sent_twice';
  const { width, height } = picture;
  const image: Image = { id, type: ticket.picture.type, alt, width, height, previewType: await addPreview(ticket) };
  try {
    await changeProduct(productId, (current) => withImage(current, image, author), [acceptance(ticket)]);
  } catch (error) {
    if (error instanceof TooMany) return 'too_many_images';
    if (error instanceof ApplicationError && error.code === 'not_found') return 'product_gone';
    unlessSettled(error);
  }
  return undefined;
}

class TooMany extends Error {}

function withImage(current: Product, image: Image, author: string): Product {
  const { images = [] } = current;
  if (images.length >= mostImages) throw new TooMany();
  return { ...current, images: [...images, image], ...nextVersion(current, author) };
}

/** The type of the preview, once it is where it is read from; a picture does without one that is none. */
async function addPreview(ticket: Ticket) {
  const { productId, imageId, preview } = ticket;
  const found = preview && (await examine(ticket, 'preview', preview));
  if (!preview || found === undefined) return undefined;
  if (typeof found !== 'string' && (await copy(ticket, 'preview', found, preview.type))) return preview.type;
  log.info('preview', { productId, imageId, refused: typeof found === 'string' ? found : 'sent_twice' });
  return undefined;
}

const copy = ({ productId, imageId }: Ticket, part: Part, { etag }: Examined, type: Image['type']) =>
  copyOnce(pendingKey(productId, imageId, part), shownKey(productId, imageId, part, type), etag, type);

const copiesOf = ({ productId, imageId, picture, preview }: Ticket) => [
  shownKey(productId, imageId, 'picture', picture.type),
  ...(preview ? [shownKey(productId, imageId, 'preview', preview.type)] : []),
];

function unlessSettled(error: unknown): void {
  if (!(error instanceof Settled)) throw error;
}
