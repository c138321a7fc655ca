/** The small copy that is sent along with a picture, made here: where it is shown small, nobody loads the large one. */
import { longestSide, mostBytes } from '../../src/images/bounds';

/** Of at most 400 pixels a side, upright as it is shown; undefined where this browser cannot read the file, or what comes out is too long. */
export async function previewOf(file: File): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  try {
    const scale = Math.min(1, longestSide.preview / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    // Browsers that write no WebP write a PNG.
    const preview = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    return preview.size <= mostBytes.preview ? preview : undefined;
  } finally {
    picture.close();
  }
}
