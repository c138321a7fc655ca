/** Uploads in the table, beside their product: what was announced of each, and what has become of it. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { ChangeKey } from '../changes/change-key';
import { send, tableName } from '../dynamodb/client';
import { keyOf as productKey } from '../catalog/product-item-store';
import type { Page } from '../dynamodb/page';
import { getItem, getItems, querySection, type Key } from '../dynamodb/read';
import type { Action } from '../dynamodb/transaction';
import type { ImageType } from './image';
import type { Refusal } from './refusals';
import type { UploadQuery } from './upload-parameters';

export const uploadState = z.enum(['awaited', 'accepted', 'refused']);

/** A file as it was announced. */
export interface Announced {
  type: ImageType;
  bytes: number;
}

export interface Ticket {
  productId: string;
  imageId: string;
  picture: Announced;
  preview?: Announced | undefined;
  alt: string;
  /** The `sub` of who asked for the upload. */
  author: string;
  /** An upload is decided once: what comes for one that is settled changes nothing. */
  state: z.infer<typeof uploadState>;
  reason?: Refusal | undefined;
  /** Until when it can be begun; ISO 8601, UTC. */
  formExpiresAt: string;
}

interface TicketItem extends Ticket, ChangeKey {
  pk: string;
  sk: string;
  /** In seconds since 1970, for DynamoDB's TTL. */
  expiresAt: number;
}

/** Longer than a file can lie under `pending/` and than Lambda tries an event again. */
const lifetime = 7 * 24 * 60 * 60;

/** The partition of the index `all-changes` that has uploads, by the end of their forms. */
export const uploadShard = 'UPLOADS';

const keyOf = ({ productId, imageId }: Pick<Ticket, 'productId' | 'imageId'>) => ({
  pk: productKey(productId).pk,
  sk: `IMAGE#${imageId}`,
});

export async function keepTicket(ticket: Ticket): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1000) + lifetime;
  const changeKey = `${ticket.formExpiresAt}_${ticket.productId}_${ticket.imageId}`;
  const item: TicketItem = { ...keyOf(ticket), ...ticket, changeShard: uploadShard, changeKey, expiresAt };
  await send(new PutCommand({ TableName: tableName, Item: item }));
}

/** As the last acknowledged write left it. */
export const readTicket = (productId: string, imageId: string): Promise<Ticket | undefined> =>
  getItem(keyOf({ productId, imageId }), toTicket);

/** Those of these uploads that are still kept, as the last acknowledged writes left them. Throws `busy`. */
export async function readTicketsUnder(keys: Key[]): Promise<Ticket[]> {
  const items = await getItems<TicketItem>(keys);
  return items.flatMap((item) => (item ? [toTicket(item)] : []));
}

const toTicket = ({ pk, sk, changeShard, changeKey, expiresAt, ...ticket }: TicketItem): Ticket => ticket;

/** The uploads of a product that were asked for before this one, newest first. */
export async function readTickets(productId: string, { limit, nextToken: before }: UploadQuery): Promise<Page<Ticket>> {
  const { pk, sk: from } = keyOf({ productId, imageId: '' });
  const { sk: to } = keyOf({ productId, imageId: before ?? '~' });
  // A section includes both of its ends, and so perhaps the upload `before` itself.
  const { items, more } = await querySection({ pk, from, to, limit: limit + 1 }, toTicket);
  const older = items.filter(({ imageId }) => imageId !== before);
  const page = older.slice(0, limit);
  const last = page.at(-1);
  return last && (more || older.length > limit) ? { items: page, nextToken: last.imageId } : { items: page };
}

/** Someone else has decided the upload in between. */
export class Settled extends Error {
  override readonly name = 'Settled';
}

const settling = (ticket: Ticket, state: Ticket['state'], reason?: Refusal) => ({
  TableName: tableName,
  Key: keyOf(ticket),
  UpdateExpression: reason === undefined ? 'SET #state = :state' : 'SET #state = :state, reason = :reason',
  ConditionExpression: '#state = :awaited',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ':state': state,
    ':awaited': 'awaited',
    ...(reason === undefined ? {} : { ':reason': reason }),
  },
});

/** Settles the upload as part of the transaction that gives the product its picture. Fails as `Settled`. */
export const acceptance = (ticket: Ticket): Action => ({
  write: { Update: settling(ticket, 'accepted') },
  otherwise: () => new Settled(),
});

/** Throws `Settled`. */
export async function refuse(ticket: Ticket, reason: Refusal): Promise<void> {
  try {
    await send(new UpdateCommand(settling(ticket, 'refused', reason)));
  } catch (error) {
    throw error instanceof ConditionalCheckFailedException ? new Settled() : error;
  }
}
