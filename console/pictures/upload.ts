/** One picture on its way: announced, sent after its preview, and waited for until it has joined the product. */
import { imageTypes, mostBytes } from '../../src/images/bounds';
import { answerOf, api, type Schemas } from '../api/client';
import { isPassing } from '../api/problem';
import { previewOf } from './preview';
import { sendForm } from './send-form';

type ImageType = Schemas['ImageType'];

const isImageType = (type: string): type is ImageType => imageTypes.some((known) => known === type);

/** Why a file is no picture of the product, as a sentence without its end. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** What can be told before anything is sent. Throws `Refused`. */
function typeOf({ type, size }: File): ImageType {
  if (!isImageType(type)) throw new Refused('A picture is a JPEG, PNG, WebP or AVIF file');
  if (size === 0) throw new Refused('The file is empty');
  const most = mostBytes.picture;
  if (size > most) throw new Refused(`The file has ${mebibytes(size)}, and a picture at most ${mebibytes(most)}`);
  return type;
}

interface Options {
  onSent: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file, with a preview where one can be made of it, and answers the picture's id. Throws `Refused`, `Problem`. */
export async function sendPicture(productId: string, file: File, { onSent, signal }: Options): Promise<string> {
  const contentType = typeOf(file);
  const preview = await previewOf(file);
  const body = {
    contentType,
    bytes: file.size,
    ...(preview && isImageType(preview.type) && { preview: { contentType: preview.type, bytes: preview.size } }),
  };
  const params = { path: { productId } };
  const offer = await answerOf(api.POST('/admin/products/{productId}/images', { params, body, signal }));
  // First: the picture's own file is what decides.
  if (preview && offer.preview) await sendForm(offer.preview, preview, { signal });
  await sendForm(offer, file, { onSent, signal });
  return offer.imageId;
}

const patienceMs = 30_000;
const [firstPauseMs, longestPauseMs] = [300, 3_000];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the picture has joined; false where that takes too long. Throws `Refused`, `Problem`. */
export async function waitForPicture(productId: string, imageId: string, signal: AbortSignal): Promise<boolean> {
  const params = { path: { productId }, query: { limit: 100 } };
  const end = Date.now() + patienceMs;
  for (let ms = firstPauseMs; Date.now() < end; ms = Math.min(ms * 1.5, longestPauseMs)) {
    await pause(ms);
    const { items } = await answerOf(api.GET('/admin/products/{productId}/images', { params, signal })).catch(
      (error: unknown) => {
        if (isPassing(error) && !signal.aborted) return { items: [] };
        throw error;
      },
    );
    const upload = items.find(({ id }) => id === imageId);
    if (upload?.state === 'accepted') return true;
    if (upload?.state === 'refused') throw new Refused(upload.detail);
  }
  return false;
}
