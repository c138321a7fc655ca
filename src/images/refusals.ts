/** Why a file that was sent is no picture of the product. */
import * as z from 'zod/mini';
import { longestSide } from './bounds';

/** In the words of who sent it. */
export const refusals = {
  other_size: 'The file does not have the bytes that were announced',
  other_type: 'The file is not what it was said to be',
  no_dimensions: 'The file does not say near its beginning how wide and high it is: it may be damaged',
  too_wide_or_high: `A picture may have at most ${longestSide.picture} pixels a side`,
  too_many_images: 'The product had as many pictures as it may have',
  product_gone: 'The product had been deleted',
  too_late: 'No file came in two days, or none that could be looked at',
  sent_twice: 'Two different files were sent for one upload',
} as const;
export type Refusal = keyof typeof refusals;

export const refusal = z.enum(Object.keys(refusals) as [Refusal, ...Refusal[]]);
