/**
 * How bodies name pictures. Kept apart from image.ts, so that functions that take no such body do not load these
 * schemas.
 */
import * as z from 'zod/mini';
import { text, textPairs, ulid } from '../catalog/text';
import { imageTypes } from './bounds';
import { mostImages } from './image';

export const imageType = z.enum(imageTypes);

export const alt = text({ max: 300, min: 0 });

export const imageChange = z.strictObject({ id: ulid, alt: z.optional(alt) });

/** The pictures that a product is to have, of those it has, in their new order; with `alt`, that text is new too. */
export const imageChanges = z.array(imageChange).check(z.maxLength(mostImages), (context) => {
  const ids = context.value.map(({ id }) => id);
  for (const [position, id] of ids.entries()) {
    if (ids.indexOf(id) === position) continue;
    context.issues.push({ code: 'custom', input: id, path: [position, 'id'], message: 'is there twice' });
  }
});

/** New texts of pictures, by their ids. */
export const imageAlts = textPairs(alt, mostImages, ulid);
