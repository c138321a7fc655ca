/** Uploads by way of the functions alone: the bucket that they use, and the forms that they sign for it. */
import { imagesBucket } from '../../local/s3/image-store';
import { send } from './catalog';
import { newImageStore, type TestImageStore } from './image-store';

export interface Form {
  url: string;
  fields: Record<string, string>;
}

export interface Offer extends Form {
  imageId: string;
  preview?: Form;
}

/** The bucket of the functions in this test file, from now on. */
export async function storeForFunctions(options?: Parameters<typeof newImageStore>[0]): Promise<TestImageStore> {
  const store = await newImageStore(options);
  const { url, credentials } = store;
  Object.assign(process.env, {
    IMAGES_BUCKET: imagesBucket,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  });
  return store;
}

/** Asks for an upload of a PNG, where nothing else is given. Fails where there is none. */
export async function askForUpload(id: string, bytes: number, more: object = {}): Promise<Offer> {
  const body = { contentType: 'image/png', bytes, ...more };
  const answer = await send('POST /admin/products/{productId}/images', { id, sub: 'ada', body });
  expect(answer.status).toBe(201);
  return answer.body as Offer;
}
