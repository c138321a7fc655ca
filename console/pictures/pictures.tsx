/** The pictures of a product: for whoever may change it, with a place to drop files, and the files on their way. */
import { Text, VisuallyHidden } from '@mantine/core';
import { useState, type DragEvent } from 'react';
import { imageTypes } from '../../src/images/bounds';
import type { Image } from '../api/client';
import { Arrangement, isPictureDragged } from './arrangement';
import { Thumbnail } from './thumbnail';
import { UploadList } from './upload-list';
import { useUploads } from './use-uploads';

/** As a reader sees them. */
export const Gallery = ({ images }: { images: readonly Image[] }) => (
  <ul className="gallery" aria-label="Pictures">
    {images.map((image, position) => (
      <li key={image.id}>
        <a href={image.url} target="_blank" rel="noopener" aria-label={image.alt || `Picture ${position + 1}`}>
          <Thumbnail image={image} />
        </a>
      </li>
    ))}
  </ul>
);

/** And no picture of the page, which a browser hands on as a file too. */
const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files') && !isPictureDragged(event);

interface Props {
  productId: string;
  images: readonly Image[];
  fault: string | undefined;
  change: (images: Image[]) => void;
  /** Called when a picture has become one of the product. */
  joined: () => Promise<void>;
}

export function Pictures({ productId, images, fault, change, joined }: Props) {
  const [said, setSaid] = useState('');
  const [isOver, setIsOver] = useState(false);
  const { uploads, add, ...actions } = useUploads(productId, async ({ name }) => {
    await joined();
    setSaid(`${name} is a picture of the product now.`);
  });
  return (
    <fieldset
      id="field-images"
      className={`pictures${isOver ? ' over' : ''}`}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        add([...event.dataTransfer.files]);
      }}
    >
      <legend>Pictures</legend>
      {images.length > 0 && <Arrangement images={images} change={change} />}
      {fault && (
        <Text size="sm" className="fault">
          {fault}
        </Text>
      )}
      <label className="file">
        Add pictures
        <input
          id="picture-files"
          type="file"
          multiple
          accept={imageTypes.join(',')}
          aria-describedby="picture-files-said"
          onChange={({ currentTarget }) => {
            add([...(currentTarget.files ?? [])]);
            // So that the same file can be chosen again.
            currentTarget.value = '';
          }}
        />
      </label>
      <Text size="sm" c="dimmed" id="picture-files-said">
        Or drop them here. A picture joins the product as soon as it has been sent; its place and text, and what is
        removed, are saved with the form.
      </Text>
      {uploads.length > 0 && <UploadList uploads={uploads} {...actions} />}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </fieldset>
  );
}
