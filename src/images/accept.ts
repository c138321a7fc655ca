/**
 * Makes an uploaded file a picture of its product, exactly once, or refuses it for good. It may stop after any step,
 * and is then begun again.
 */
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
 * Decides an upload once the picture's own file is there; its preview was sent before. First the files are copied to
 * where they are shown, then one transaction adds the picture to the product and settles the upload, and then the
 * uploaded files are deleted: so a product never shows a picture whose file is not there, and an accepted one stays.
 * Throws what is to be tried again.
 */
export async function acceptUpload(productId: string, imageId: string): Promise<void> {
  const sent = (['picture', 'preview'] as const).map((part) => pendingKey(productId, imageId, part));
  const ticket = await readTicket(productId, imageId);
  if (!ticket || ticket.state === 'accepted') return remove(sent);
  if (ticket.state === 'refused') {
    // The uploaded files are deleted last: as long as they are there, somebody looks again.
    await remove(copiesOf(ticket));
    return remove(sent);
  }
  const picture = await examine(ticket, 'picture', ticket.picture);
  if (picture === undefined) return;
  const decided = typeof picture === 'string' ? picture : await add(ticket, picture);
  if (decided !== undefined) await refuse(ticket, decided).catch(unlessSettled);
  log.info('image', { productId, imageId, refused: decided });
  // The decision, whether it was made here or by another run at the same time, is carried out.
  return acceptUpload(productId, imageId);
}

/**
 * Refuses an upload that is still undecided, and deletes what copies there are of one that is refused. What was sent for
 * it may still be there: whoever looks at that again deletes it.
 */
export async function giveUp(ticket: Ticket): Promise<void> {
  try {
    if (ticket.state === 'awaited') await refuse(ticket, 'too_late');
    if (ticket.state !== 'accepted') await remove(copiesOf(ticket));
  } catch (error) {
    // Who has decided it in between carries that out.
    unlessSettled(error);
  }
}

/** A preview alone decides nothing. One that comes after the decision is deleted. */
export async function receivePreview(productId: string, imageId: string): Promise<void> {
  const ticket = await readTicket(productId, imageId);
  if (ticket?.state !== 'awaited') await remove([pendingKey(productId, imageId, 'preview')]);
}

/** Adds the picture to its product, or answers why it cannot be added. */
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

/**
 * Copies the preview to where it is shown, and answers its type; undefined where there is none that could be shown,
 * which the picture does without.
 */
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
