/** What an admin can do about uploads: ask for one, and ask what has become of it. */
import { newId } from '../catalog/new-id';
import { readProduct } from '../catalog/product-store';
import type { Page } from '../dynamodb/page';
import { tooManyImages } from '../errors';
import { mostImages } from './image';
import { pendingKey } from './keys';
import { refusals, type Refusal } from './refusals';
import { keepTicket, readTickets, type Ticket } from './ticket-store';
import { signForm, type UploadForm } from './upload-form';
import type { NewImage, UploadQuery } from './upload-parameters';

const formLifetime = 5 * 60 * 1000;

/** The form for the picture, and where one was announced that for its preview, which is to be sent first. */
export interface UploadOffer extends UploadForm {
  imageId: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  preview?: UploadForm;
}

/** `author` is the caller's `sub`. Throws `not_found`, `too_many_images`. */
export async function offerUpload(productId: string, input: NewImage, author: string): Promise<UploadOffer> {
  const { images = [] } = await readProduct(productId);
  if (images.length >= mostImages) throw tooManyImages(mostImages);
  const { contentType: type, bytes, alt, preview } = input;
  const imageId = newId();
  const end = new Date(Date.now() + formLifetime);
  const ticket: Ticket = {
    ...{ productId, imageId, alt, author, state: 'awaited', formExpiresAt: end.toISOString() },
    picture: { type, bytes },
    preview: preview && { type: preview.contentType ?? type, bytes: preview.bytes },
  };
  await keepTicket(ticket);
  const form = await signForm(pendingKey(productId, imageId, 'picture'), ticket.picture, end);
  const offer = { imageId, expiresAt: ticket.formExpiresAt, ...form };
  if (!ticket.preview) return offer;
  return { ...offer, preview: await signForm(pendingKey(productId, imageId, 'preview'), ticket.preview, end) };
}

/** What has become of an upload. */
export interface Upload {
  /** The picture's. */
  id: string;
  state: Ticket['state'];
  expiresAt: string;
  /** Why it was refused. */
  reason?: Refusal;
  detail?: string;
}

/** The uploads of the last week, newest first. Throws `not_found` for a product that is not there and had none. */
export async function listUploads(productId: string, query: UploadQuery): Promise<Page<Upload>> {
  const { items, ...rest } = await readTickets(productId, query);
  if (items.length === 0) await readProduct(productId);
  return { items: items.map(toUpload), ...rest };
}

function toUpload({ imageId: id, state, reason, formExpiresAt: expiresAt }: Ticket): Upload {
  const upload = { id, state, expiresAt };
  return reason === undefined ? upload : { ...upload, reason, detail: refusals[reason] };
}
