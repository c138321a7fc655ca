/**
 * How large an AVIF is, by its boxes (ISO/IEC 23008-12). `image-size` does not turn what lies on its side, lets a file take any
 * number off its width, and takes minutes for a large file of nothing but dimensions.
 */
import type { IImage } from 'image-size/types/interface';

interface Box {
  type: string;
  /** Of what is in it. */
  from: number;
  to: number;
}

/** Those that lie side by side there, up to the first that is not whole. */
function* boxesIn(bytes: Uint8Array, { from, to }: Pick<Box, 'from' | 'to'>): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= to;) {
    const end = at + view.getUint32(at);
    if (end < at + 8 || end > to) return;
    yield { type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), from: at + 8, to: end };
    at = end;
  }
}

/** Throws where there is none. */
function boxIn(bytes: Uint8Array, within: Pick<Box, 'from' | 'to'>, type: string): Box {
  for (const box of boxesIn(bytes, within)) if (box.type === type) return box;
  throw new Error(`There is no box ${type}`);
}

/** What each version of a box with one begins with. */
const versionBytes = 4;

export const AVIF: IImage = {
  /** Still pictures alone: the dimensions of a sequence are elsewhere. */
  validate: (bytes) => String.fromCharCode(...bytes.subarray(4, 12)) === 'ftypavif',

  /** The largest of its dimensions, which are those of the whole where it has parts. Throws where it has none. */
  calculate(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const meta = boxIn(bytes, { from: 0, to: bytes.length }, 'meta');
    const properties = boxIn(bytes, boxIn(bytes, { ...meta, from: meta.from + versionBytes }, 'iprp'), 'ipco');
    let [width, height, quarters] = [0, 0, 0];
    for (const { type, from } of boxesIn(bytes, properties)) {
      if (type === 'irot') quarters = view.getUint8(from);
      if (type !== 'ispe') continue;
      width = Math.max(width, view.getUint32(from + versionBytes));
      height = Math.max(height, view.getUint32(from + versionBytes + 4));
    }
    // As EXIF says of a picture on its side.
    return { width, height, orientation: quarters % 2 === 1 ? 6 : 1 };
  },
};
