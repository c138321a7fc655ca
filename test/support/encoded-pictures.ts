/** Pictures by real encoders, as large as a browser shows them (test/fixtures/pictures says how they were made). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImageType } from '../../src/images/image';

const folder = path.join(__dirname, '../fixtures/pictures');

interface Encoded {
  name: string;
  type: ImageType;
  width: number;
  height: number;
}

const lying = { width: 96, height: 64 };
const standing = { width: 64, height: 96 };

export const encodedPictures: Encoded[] = [
  { name: 'baseline.jpg', type: 'image/jpeg', ...lying },
  { name: 'progressive.jpg', type: 'image/jpeg', ...lying },
  { name: 'cmyk.jpg', type: 'image/jpeg', ...lying },
  { name: 'rotated.jpg', type: 'image/jpeg', ...standing },
  { name: 'grey-16-bit.png', type: 'image/png', ...lying },
  { name: 'palette.png', type: 'image/png', ...lying },
  { name: 'alpha.png', type: 'image/png', ...lying },
  { name: 'lossy.webp', type: 'image/webp', ...lying },
  { name: 'lossless.webp', type: 'image/webp', ...lying },
  { name: 'alpha.webp', type: 'image/webp', ...lying },
  { name: 'animated.webp', type: 'image/webp', ...lying },
  { name: 'plain.avif', type: 'image/avif', ...lying },
  { name: 'alpha.avif', type: 'image/avif', ...lying },
  { name: 'ten-bit.avif', type: 'image/avif', ...lying },
  { name: 'grid.avif', type: 'image/avif', width: 128, height: 128 },
  { name: 'rotated.avif', type: 'image/avif', ...standing },
];

export const encodedFile = (name: string): Buffer => readFileSync(path.join(folder, name));
