/** Files under attack on a running stack: what is no picture, what is too large for one, and what is something else besides. */
import { strToU8, zipSync } from 'fflate';
import { attackedStack } from '../support/attacked-stack';
import { encodedFile } from '../support/encoded-pictures';
import { avifBomb, croppedAvif, jpeg, png, pngBomb, webp } from '../support/pictures';
import { imagesShown, newProduct, sendPicture, versionOf } from '../support/uploads';

const stack = attackedStack();

let productId: string;

beforeEach(async () => {
  productId = await newProduct(stack);
});

const html = '<html><script>alert(1)</script></html>';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>';
const archive = Buffer.from(zipSync({ 'META-INF/MANIFEST.MF': strToU8('Main-Class: Evil\n') }));
/** The beginning of a file of boxes with this brand, as MP4 and HEIC have it. */
const branded = (brand: string) => Buffer.from(`\0\0\0\x14ftyp${brand}\0\0\0\0${brand}`, 'latin1');

const none: [what: string, file: Buffer, contentType: string][] = [
  ['HTML', Buffer.from(html), 'image/png'],
  ['SVG', Buffer.from(svg), 'image/png'],
  ['SVG as WebP', Buffer.from(svg), 'image/webp'],
  ['a script that begins like a GIF', Buffer.from('GIF89a=1;alert(1)//'), 'image/png'],
  ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n'), 'image/jpeg'],
  ['a Java archive', archive, 'image/jpeg'],
  ['a Java archive before a JPEG', Buffer.concat([archive, encodedFile('baseline.jpg')]), 'image/jpeg'],
  ['a PNG that is said to be a JPEG', png(2, 2), 'image/jpeg'],
  ['a JPEG that is said to be a PNG', encodedFile('baseline.jpg'), 'image/png'],
  ['a WebP that is said to be an AVIF', encodedFile('lossy.webp'), 'image/avif'],
  ['HTML before a PNG', Buffer.concat([Buffer.from(html), png(2, 2)]), 'image/png'],
  ['eight bytes of a PNG', png(2, 2).subarray(0, 8), 'image/png'],
  ['the mark of a PNG with HTML behind it', Buffer.concat([png(2, 2).subarray(0, 8), Buffer.from(html)]), 'image/png'],
  ['zeros', Buffer.alloc(1000), 'image/avif'],
  ['an MP4', branded('isom'), 'image/avif'],
  ['a HEIC', branded('heic'), 'image/avif'],
  ['a sequence of AVIFs', encodedFile('sequence.avif'), 'image/avif'],
  ['a PNG of 60,000 pixels a side', pngBomb(60_000, 60_000), 'image/png'],
  ['a PNG of four milliards', pngBomb(0xffff_ffff, 0xffff_ffff), 'image/png'],
  ['a PNG of 12,001 pixels by one', pngBomb(12_001, 1), 'image/png'],
  ['a PNG without pixels', pngBomb(0, 0), 'image/png'],
  ['a JPEG of 65,535 pixels a side', jpeg(65_535, 65_535), 'image/jpeg'],
  ['a WebP of sixteen million', webp(16_777_216, 16_777_216), 'image/webp'],
  ['an AVIF of 60,000 pixels that says it is cropped', croppedAvif(60_000, 12_000), 'image/avif'],
  ['an AVIF of three megabytes of dimensions', avifBomb(3_000_000), 'image/avif'],
];

it('there are 25 files that are none', () => {
  expect(none).toHaveLength(25);
});

it.each(none)('no picture comes of %s', async (_, file, contentType) => {
  const { state, form } = await sendPicture(stack, productId, file, contentType);
  expect(state).toBe('refused');
  expect(await imagesShown(stack, productId)).toEqual([]);
  expect(await versionOf(stack, productId)).toBe(1);
  for (const extension of ['png', 'jpg', 'webp', 'avif']) {
    const { status } = await fetch(`${stack.imagesUrl}/images/${productId}/${form.imageId}.${extension}`);
    expect(status).toBe(403);
  }
});

it.each([
  ['a PNG with HTML after its end', Buffer.concat([png(2, 2), Buffer.from(html)]), 'image/png'],
  ['a PNG with an archive after its end', Buffer.concat([png(2, 2), archive]), 'image/png'],
  ['a JPEG with a script in its comment', jpeg(2, 2, html), 'image/jpeg'],
  ['a JPEG that is a Java archive too', Buffer.concat([encodedFile('baseline.jpg'), archive]), 'image/jpeg'],
  ['a WebP with a script after its end', Buffer.concat([encodedFile('lossy.webp'), Buffer.from(html)]), 'image/webp'],
])('%s is a picture, and served as nothing else', async (_, file, contentType) => {
  expect((await sendPicture(stack, productId, file, contentType)).state).toBe('accepted');
  const [shown] = await imagesShown(stack, productId);
  const { headers } = await fetch(shown?.url ?? '');
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
});
