/** Idempotency records: what a request created, written in the same transaction, in case the request is sent again. */
import { tableName } from '../dynamodb/client';
import { getItem } from '../dynamodb/read';
import { Contention, retryOnContention, type Action } from '../dynamodb/transaction';
import { idempotencyKeyReused } from '../errors';
import type { Outcome, RepeatableRequest } from './idempotency';

interface IdempotencyItem {
  pk: string;
  sk: string;
  fingerprint: string;
  /** JSON, so that it comes back exactly as it was answered. */
  record: string;
  /** In seconds since 1970, as DynamoDB's TTL wants it. TTL may take days to sweep: what has expired counts as absent. */
  expiresAt: number;
}

const lifetime = 24 * 60 * 60;
const now = () => Math.floor(Date.now() / 1000);

function keyOf({ caller, key }: RepeatableRequest) {
  const value = `IDEMPOTENCY#${caller}#${key}`;
  return { pk: value, sk: value };
}

/** There is a record under the key that has not expired: this request, or another one with its key, was here before. */
class KeyInUse extends Error {
  override readonly name = 'KeyInUse';
}

/**
 * Does what a request asks for, or returns what it created the first time. `write` puts the actions of `recordOf` at
 * the front of its transaction, so that a repetition is recognised before it fails for another reason, such as a SKU
 * that it has taken itself. Throws `idempotency_key_reused` if the key came with another request, and whatever `write`
 * throws.
 */
export async function once<Result>(
  request: RepeatableRequest | undefined,
  write: (recordOf: (record: Result) => Action[]) => Promise<Result>,
): Promise<Outcome<Result>> {
  if (!request) return { record: await write(() => []), replayed: false };
  return retryOnContention(async () => {
    try {
      return { record: await write((record) => [keep(request, record)]), replayed: false };
    } catch (error) {
      if (!(error instanceof KeyInUse)) throw error;
      return { record: await replay<Result>(request), replayed: true };
    }
  });
}

function keep(request: RepeatableRequest, record: unknown): Action {
  const item: IdempotencyItem = {
    ...keyOf(request),
    fingerprint: request.fingerprint,
    record: JSON.stringify(record),
    expiresAt: now() + lifetime,
  };
  return {
    write: {
      Put: {
        TableName: tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': now() },
      },
    },
    otherwise: () => new KeyInUse(),
  };
}

/** The record that was kept. Throws `Contention` if it has expired in the meantime. */
async function replay<Result>(request: RepeatableRequest): Promise<Result> {
  const item = await getItem(keyOf(request), (found: IdempotencyItem) => found);
  if (!item || item.expiresAt <= now()) throw new Contention();
  if (item.fingerprint !== request.fingerprint) throw idempotencyKeyReused();
  return JSON.parse(item.record) as Result;
}
