/** The size of items as DynamoDB reckons it, and the capacity units that follow from it. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './requests';

/** In bytes: names and values in UTF-8 ("DynamoDB item sizes and formats" in the developer guide). */
export function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
}

const collection = 3;
const perElement = 1;

function sizeOfValue({ S, N, B, L, M, SS }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  // On the wire it is Base64.
  if (B !== undefined) return Math.floor((B.length * 3) / 4);
  if (SS !== undefined) return SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (L !== undefined) return L.reduce((sum, value) => sum + perElement + sizeOfValue(value), collection);
  if (M !== undefined) return collection + perElement * Object.keys(M).length + sizeOf(M);
  return 1;
}

/** A write takes a unit for each kilobyte that it has begun, once more for a transaction. */
export const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));

/** A read takes a unit for every four, half of it where it need not be consistent. */
export const readUnits = (bytes: number, consistent: boolean) =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
