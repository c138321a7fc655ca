/** Looks at an uploaded file, and says what it is or why it cannot be a picture. */
import { longestSide } from './bounds';
import { readStart } from './bucket';
import type { ImageType } from './image';
import { dimensionsOf, isOfType, type Dimensions } from './inspect';
import { pendingKey, type Part } from './keys';
import type { Refusal } from './refusals';
import type { Announced, Ticket } from './ticket-store';

/**
 * How many bytes from the start of a file tell its dimensions: a PNG and a WebP have them in their first bytes, an AVIF
 * before its pixels, a JPEG after all that a camera writes in front. No more is looked at: `image-size` takes 0.1 s for
 * the worst JPEG of this length.
 */
const looked: Record<ImageType, number> = {
  'image/png': 64,
  'image/webp': 64,
  'image/avif': 256 * 1024,
  'image/jpeg': 1024 * 1024,
};

export interface Examined extends Dimensions {
  etag: string;
}

/** Undefined where the file is not there: it was not sent, or has been dealt with. */
export async function examine(
  { productId, imageId }: Ticket,
  part: Part,
  announced: Announced,
): Promise<Examined | Refusal | undefined> {
  const file = await readStart(pendingKey(productId, imageId, part), looked[announced.type]);
  if (!file) return undefined;
  if (file.bytes !== announced.bytes) return 'other_size';
  if (file.type !== announced.type || !isOfType(file.start, announced.type)) return 'other_type';
  const found = dimensionsOf(file.start, announced.type);
  if (!found) return 'no_dimensions';
  const { width, height } = found;
  if (!(width > 0 && height > 0)) return 'no_dimensions';
  if (Math.max(width, height) > longestSide[part]) return 'too_wide_or_high';
  return { width, height, etag: file.etag };
}
