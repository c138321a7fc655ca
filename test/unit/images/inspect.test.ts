/** What a file is by its own bytes, whatever it was said to be. */
import { dimensionsOf, isOfType } from '../../../src/images/inspect';
import { encodedFile, encodedPictures } from '../../support/encoded-pictures';
import { avifBomb, croppedAvif } from '../../support/pictures';
import { processorTime } from '../../support/processor-time';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

const jpeg = Buffer.concat([
  hex('ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 0000'),
  hex('ffc0 0011 08 00f0 0140 03 01 22 00 02 11 01 03 11 01 ffd9'),
]);
const webp = Buffer.concat([
  Buffer.from('RIFF\u0016\0\0\0WEBPVP8X', 'latin1'),
  hex('0a000000 00 000000 7f0200 df0100'),
]);

describe.each([
  ['image/jpeg', jpeg, { width: 320, height: 240 }],
  ['image/webp', webp, { width: 640, height: 480 }],
] as const)('%s', (type, file, dimensions) => {
  it('is known, with its dimensions', () => {
    expect(isOfType(file, type)).toBe(true);
    expect(dimensionsOf(file, type)).toEqual(dimensions);
  });

  it('is no other type, and says nothing where it is cut off', () => {
    const others = (['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const).filter((other) => other !== type);
    expect(others.filter((other) => isOfType(file, other))).toEqual([]);
    expect(dimensionsOf(file.subarray(0, 14), type)).toBeUndefined();
  });
});

it.each(encodedPictures)('$name is known, and as large as it is shown', ({ name, type, width, height }) => {
  const file = encodedFile(name);
  expect(isOfType(file, type)).toBe(true);
  expect(dimensionsOf(file, type)).toEqual({ width, height });
});

it('an AVIF is as large as it has to be decoded, however it is cropped', () => {
  expect(dimensionsOf(croppedAvif(60_000, 12_000), 'image/avif')).toEqual({ width: 60_000, height: 12_000 });
});

it('an AVIF of a megabyte of dimensions is read once', async () => {
  const file = avifBomb(1_000_000);
  const took = await processorTime(() => {
    expect(dimensionsOf(file, 'image/avif')).toEqual({ width: 9, height: 9 });
  });
  expect(took).toBeLessThan(1_000);
});

it('a sequence of AVIFs is none of them: its dimensions stand elsewhere', () => {
  expect(isOfType(encodedFile('sequence.avif'), 'image/avif')).toBe(false);
});

it.each([
  ['HEIC', '00000018 66747970 68656963 00000000 6d696631 68656963', 'image/avif'],
  ['a PNG as Apple changes it', '89504e47 0d0a1a0a 00000004 43674249 50002002 2bd5b37f 0000000d 49484452', 'image/png'],
  ['the mark of a JPEG with HTML behind it', 'ffd8 3c68746d6c3e', 'image/jpeg'],
  ['an empty file', '', 'image/jpeg'],
] as const)('%s is none of them', (_, bytes, type) => {
  expect(isOfType(hex(bytes), type)).toBe(false);
});
