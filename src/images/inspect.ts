/** What a file is, by its own bytes. */
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { AVIF } from './avif';
import type { ImageType } from './image';

export interface Dimensions {
  width: number;
  height: number;
}

/** The four types alone: the library's own detection takes others too, SVG among them. */
const readers = { 'image/jpeg': JPG, 'image/png': PNG, 'image/webp': WEBP, 'image/avif': AVIF };

/**
 * How files of a type begin, where the library does not check it: a PNG as Apple's tools change it begins otherwise,
 * and browsers do not show it.
 */
const marks: Partial<Record<ImageType, [at: number, mark: string]>> = {
  'image/jpeg': [0, '\u00ff\u00d8\u00ff'],
  'image/png': [12, 'IHDR'],
};

/** Whether it begins as files of this type do. */
export function isOfType(start: Buffer, type: ImageType): boolean {
  const [at, mark] = marks[type] ?? [0, ''];
  return (
    start.toString('latin1', at, at + mark.length) === mark && (attempt(() => readers[type].validate(start)) ?? false)
  );
}

/** The dimensions that it says it has, as it is to be shown; undefined where they are not in these bytes. */
export function dimensionsOf(start: Buffer, type: ImageType): Dimensions | undefined {
  const found = attempt(() => readers[type].calculate(start));
  if (!found) return undefined;
  const { width, height } = found;
  const sizes = [{ width, height }, ...(found.images ?? [])];
  // A file with several pictures is as large as the largest.
  const largest = {
    width: Math.max(...sizes.map((size) => size.width)),
    height: Math.max(...sizes.map((size) => size.height)),
  };
  // EXIF: from 5 on, the picture lies on its side.
  return (found.orientation ?? 1) >= 5 ? { width: largest.height, height: largest.width } : largest;
}

/** The library throws at what it cannot read, in ways of its own. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
