/** Looks at what was sent for an upload, and says what it is or why it is none. */
import { readStart, type StoredFile } from './bucket';
import { dimensionsOf, isOfType, type Dimensions } from './inspect';
import { pendingKey, type Part } from './keys';
import { longestSide, type Refusal } from './refusals';
import type { Announced, Ticket } from './ticket-store';

/** Most files say how large they are within it. */
const firstLook = 256 * 1024;

export interface Examined extends Dimensions {
  etag: string;
}

/** Undefined where nothing was sent, or it has been dealt with. */
export async function examine(
  { productId, imageId }: Ticket,
  part: Part,
  announced: Announced,
): Promise<Examined | Refusal | undefined> {
  const key = pendingKey(productId, imageId, part);
  const file = await readStart(key, firstLook);
  if (!file) return undefined;
  if (file.bytes !== announced.bytes) return 'other_size';
  if (file.type !== announced.type || !isOfType(file.start, announced.type)) return 'other_type';
  const found = dimensionsOf(file.start, announced.type) ?? (await lookFurther(key, file, announced));
  if (!found) return 'no_dimensions';
  const { width, height } = found;
  if (!(width > 0 && height > 0)) return 'no_dimensions';
  if (Math.max(width, height) > longestSide[part]) return 'too_wide_or_high';
  return { width, height, etag: file.etag };
}

/** What a camera writes in front of the picture may be long. */
async function lookFurther(key: string, { etag, bytes, start }: StoredFile, { type }: Announced) {
  const whole = bytes > start.length ? await readStart(key, bytes, etag) : undefined;
  return whole && dimensionsOf(whole.start, type);
}
