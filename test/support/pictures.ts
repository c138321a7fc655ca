/** Files that are pictures, or that only say so. */
import { deflateSync } from 'node:zlib';
import { chunk, signature } from '../../local/seed/png';

/** The beginning of a PNG that says to be so large, without its pixels: all that its dimensions are read from. */
export function pngHead(width: number, height: number): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([signature, chunk('IHDR', content)]);
}

const end = chunk('IEND', Buffer.alloc(0));

/** A PNG of one grey, with a text that makes it another file than all others. */
export function png(width: number, height: number, text = ''): Buffer {
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const comment = chunk('tEXt', Buffer.from(`Comment\0${text}`));
  return Buffer.concat([pngHead(width, height), comment, chunk('IDAT', deflateSync(rows)), end]);
}

/** A PNG of a few bytes, which whoever believes it would make as many bytes of as it says. */
export const pngBomb = (width: number, height: number): Buffer =>
  Buffer.concat([pngHead(width, height), chunk('IDAT', deflateSync(Buffer.alloc(1000))), end]);

/** A JPEG that says to be so large, and has a text in its comment. */
export function jpeg(width: number, height: number, text = ''): Buffer {
  const comment = Buffer.from(text);
  const frame = Buffer.alloc(19);
  frame.writeUInt16BE(0xffc0, 0);
  frame.writeUInt16BE(17, 2);
  frame[4] = 8;
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  frame.set([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1], 9);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 0xff]),
    comment,
    frame,
    Buffer.from([0xff, 0xd9]),
  ]);
}

function box(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + content.length);
  return Buffer.concat([length, Buffer.from(type), content]);
}

const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};

/** An AVIF with these properties and no pixels. */
const avifWith = (properties: Buffer): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from('avif\0\0\0\0avifmif1')),
    box('meta', Buffer.concat([numbers(0), box('iprp', box('ipco', properties))])),
  ]);

/** An AVIF of so many bytes, of nothing but dimensions: `image-size` reads each along with all those after it. */
export function avifBomb(bytes: number): Buffer {
  const size = box('ispe', numbers(0, 9, 9));
  return avifWith(Buffer.alloc(Math.floor(bytes / size.length) * size.length, size));
}

/** An AVIF that says to be so large, and to be cropped to ten pixels by a fraction that `image-size` takes off its width. */
export function croppedAvif(width: number, height: number): Buffer {
  const below = width - 10;
  const crop = box('clap', numbers(10 * below, below, height, 1, 0, 1, 0, 1));
  return avifWith(Buffer.concat([box('ispe', numbers(0, width, height)), crop]));
}

/** A WebP that says to be so large, at most 16,777,216 pixels a side. */
export function webp(width: number, height: number): Buffer {
  const content = Buffer.alloc(10);
  content.writeUIntLE(width - 1, 4, 3);
  content.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([Buffer.from('WEBPVP8X'), Buffer.from([10, 0, 0, 0]), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), length, body]);
}
