/** Pictures of a product: what the catalogue keeps of each, and what a caller may change in their list. */
import { invalidRequest } from '../errors';
import type { imageTypes } from './bounds';

export type ImageType = (typeof imageTypes)[number];

/** How the file of each is named. */
export const extensions: Readonly<Record<ImageType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
};

/** As a product has it; its files are found by its id and types. */
export interface Image {
  /** A ULID. */
  id: string;
  type: ImageType;
  /** What is in the picture, for whoever does not see it; empty where it only decorates. */
  alt: string;
  /** In pixels. */
  width: number;
  height: number;
  /** Of the small copy, where there is one. */
  previewType?: ImageType | undefined;
}

export const mostImages = 20;

const day = 24 * 60 * 60 * 1000;
/** How long the files of a picture stay once its product no longer has it, in milliseconds. */
const filesStay = 90 * day;
/**
 * When these files are deleted: a day later, so that no product is restored with pictures whose files are just being
 * deleted.
 */
export const filesGo = filesStay + day;

/**
 * The pictures with which a product is restored that was deleted at this time (ISO 8601): none whose files may be gone.
 */
export const stillThere = (images: Image[] | undefined, deletedAt: string): Image[] | undefined =>
  Date.now() - Date.parse(deletedAt) < filesStay ? images : undefined;

/** A picture that a product is to keep; with `alt`, that text is new. */
interface ImageChange {
  id: string;
  alt?: string | undefined;
}

/** The pictures after a change; none is undefined. Throws `invalid_request` for an id that the product does not have. */
export function arrangeImages(current: Image[] = [], changes: ImageChange[]): Image[] | undefined {
  const unknown = changes.flatMap(({ id }, position) => (current.some((image) => image.id === id) ? [] : [position]));
  if (unknown.length > 0) {
    const detail = 'must be the id of a picture that the product has';
    throw invalidRequest(unknown.map((position) => ({ in: 'body', pointer: `/images/${position}/id`, detail })));
  }
  const images = changes.flatMap(({ id, alt: newAlt }) =>
    current.filter((image) => image.id === id).map((image) => ({ ...image, alt: newAlt ?? image.alt })),
  );
  return images.length === 0 ? undefined : images;
}

/** All pictures as they stand, some of them with new texts. Throws `invalid_request` for an id that the product does not have. */
export function labelImages(current: Image[] = [], alts: Readonly<Record<string, string>>): ImageChange[] {
  const unknown = Object.keys(alts).filter((id) => !current.some((image) => image.id === id));
  if (unknown.length > 0) {
    const detail = 'is no picture that the product has';
    throw invalidRequest(unknown.map((id) => ({ in: 'body', pointer: `/imageAlts/${id}`, detail })));
  }
  return current.map(({ id, alt: before }) => ({ id, alt: alts[id] ?? before }));
}

/** With the fields always in this order, because the history compares lists as JSON. */
export const toImage = ({ id, type, alt: text, width, height, previewType }: Image): Image => ({
  id,
  type,
  alt: text,
  width,
  height,
  ...(previewType === undefined ? {} : { previewType }),
});
