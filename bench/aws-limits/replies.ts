/** DynamoDB's replies: what it says on AWS where it does not do what it is asked, and the items in what it says else. */
import * as z from 'zod/mini';
import { attributes, type Item } from './requests';

export interface Reply {
  status: number;
  text: string;
}

const refusal = (type: string, message: string, more: object = {}): Reply => ({
  status: 400,
  text: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more }),
});

/** To a plain write of an item that is in a transaction. */
export const conflicted = () => refusal('TransactionConflictException', 'Transaction is ongoing for the item');

/** To a transaction that is under way already. */
export const inProgress = () =>
  refusal('TransactionInProgressException', 'The transaction with the given request token is already in progress.');

/** To a plain request for a partition key that takes or gives no more. */
export const throttled = () =>
  refusal('ThrottlingException', 'Throughput exceeds the current capacity of your table or index.');

export type Code = 'None' | 'TransactionConflict' | 'ThrottlingError';

/** To a transaction, with a code for each of its items. */
export function cancelled(codes: Code[]): Reply {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return refusal('TransactionCanceledException', message, { Message: message, CancellationReasons });
}

const responses = z.union([
  z.array(z.object({ Item: z.optional(attributes) })),
  z.record(z.string(), z.array(attributes)),
]);
const read = z.object({
  Item: z.optional(attributes),
  Items: z._default(z.array(attributes), []),
  Responses: z._default(responses, []),
});

/** The items that a read has found. */
export function foundItems({ status, text }: Reply): Item[] {
  if (status !== 200) return [];
  const { Item, Items, Responses } = read.parse(JSON.parse(text));
  const others = Array.isArray(Responses)
    ? Responses.map((response) => response.Item)
    : Object.values(Responses).flat();
  return [Item, ...Items, ...others].filter((item) => item !== undefined);
}
