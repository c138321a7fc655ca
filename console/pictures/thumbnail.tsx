/** Pictures, small: by their previews where they have them. */
import type { Image } from '../api/client';

export const Thumbnail = ({ image }: { image: Image }) => (
  <img className="thumbnail" src={image.previewUrl ?? image.url} alt={image.alt} loading="lazy" decoding="async" />
);

/** Within a text; what says nothing of itself is counted. */
export const Thumbnails = ({ images }: { images: readonly Image[] }) =>
  images.length === 0
    ? '–'
    : images.map((image, position) => (
        <Thumbnail key={image.id} image={{ ...image, alt: image.alt || `Picture ${position + 1}` }} />
      ));
