/** What a caller says of a picture before sending it. */
import * as z from 'zod/mini';
import { pageLimit, tokenWanted } from '../catalog/page-limit';
import { ulidPattern } from '../catalog/ulid';
import { mostBytes } from './bounds';
import { alt, imageType } from './image-parameters';

const bytes = (most: number) => z.int().check(z.gte(1), z.lte(most));

/** The body of a request for an upload. A preview is of the picture's type where it says nothing else. */
export const newImage = z.strictObject({
  contentType: imageType,
  bytes: bytes(mostBytes.picture),
  alt: z._default(alt, ''),
  preview: z.optional(z.strictObject({ contentType: z.optional(imageType), bytes: bytes(mostBytes.preview) })),
});
export type NewImage = z.infer<typeof newImage>;

/** The query of what became of uploads. */
export const uploadQuery = z.strictObject({
  limit: pageLimit,
  nextToken: z.optional(z.string().check(z.regex(ulidPattern, tokenWanted))),
});
export type UploadQuery = z.infer<typeof uploadQuery>;
