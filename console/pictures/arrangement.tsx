/** The pictures of a product, to be put in order by buttons or by dragging, described and dropped. Nothing of it is sent before the form is. */
import { Button, TextInput, VisuallyHidden } from '@mantine/core';
import { useLayoutEffect, useRef, useState, type DragEvent } from 'react';
import type { Image } from '../api/client';
import { Thumbnail } from './thumbnail';

interface Props {
  images: readonly Image[];
  change: (images: Image[]) => void;
}

/** A thing that is dragged within the page, and no file. */
const dragType = 'application/x-picture';

export const isPictureDragged = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(dragType);

export function Arrangement({ images, change }: Props) {
  const [said, setSaid] = useState('');
  const [over, setOver] = useState(-1);
  // A button that moves with its picture loses the focus, unless it is given back.
  const focusNext = useRef('');
  useLayoutEffect(() => {
    document.getElementById(focusNext.current)?.focus();
    focusNext.current = '';
  }, [images]);

  function move(from: number, to: number): void {
    const image = images[from];
    if (!image || to < 0 || to >= images.length || from === to) return;
    change(images.toSpliced(from, 1).toSpliced(to, 0, image));
    setSaid(`${image.alt === '' ? 'The picture' : image.alt} is picture ${to + 1} of ${images.length} now.`);
  }

  function remove(position: number): void {
    const next = images[position + 1] ?? images[position - 1];
    focusNext.current = next ? `remove-${next.id}` : 'picture-files';
    change(images.toSpliced(position, 1));
    setSaid(`Picture ${position + 1} goes when you save.`);
  }

  return (
    <>
      <ol className="arrangement" aria-label="Pictures in their order">
        {images.map((image, position) => (
          <li
            key={image.id}
            className={over === position ? 'over' : undefined}
            onDragOver={(event) => {
              if (!isPictureDragged(event)) return;
              event.preventDefault();
              setOver(position);
            }}
            onDragLeave={() => setOver(-1)}
            onDrop={(event) => {
              setOver(-1);
              if (!isPictureDragged(event)) return;
              event.preventDefault();
              const id = event.dataTransfer.getData(dragType);
              move(
                images.findIndex((dragged) => dragged.id === id),
                position,
              );
            }}
          >
            <a
              href={image.url}
              target="_blank"
              rel="noopener"
              aria-label={`Open picture ${position + 1}`}
              onDragStart={({ dataTransfer }) => {
                dataTransfer.setData(dragType, image.id);
                dataTransfer.effectAllowed = 'move';
              }}
            >
              <Thumbnail image={image} />
            </a>
            <TextInput
              label={`What picture ${position + 1} shows`}
              value={image.alt}
              maxLength={300}
              onChange={({ currentTarget: { value } }) => change(images.with(position, { ...image, alt: value }))}
            />
            <div className="actions">
              {[
                { id: `earlier-${image.id}`, label: 'Earlier', to: position - 1 },
                { id: `later-${image.id}`, label: 'Later', to: position + 1 },
              ].map(({ id, label, to }) => (
                <Button
                  key={label}
                  id={id}
                  size="xs"
                  variant="default"
                  // Not `disabled`, which would take the focus from whoever has just moved it to an end.
                  aria-disabled={to < 0 || to >= images.length}
                  aria-label={`${label}: picture ${position + 1}`}
                  onClick={() => {
                    focusNext.current = id;
                    move(position, to);
                  }}
                >
                  {label}
                </Button>
              ))}
              <Button
                id={`remove-${image.id}`}
                size="xs"
                variant="default"
                aria-label={`Remove picture ${position + 1}`}
                onClick={() => remove(position)}
              >
                Remove
              </Button>
            </div>
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
