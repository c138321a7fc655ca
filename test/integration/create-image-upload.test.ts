/** POST /admin/products/{productId}/images: what the form that it answers allows, to whoever has it. */
import { imagesBucket } from '../../local/s3/image-store';
import { createCategory, createProduct, send } from '../support/catalog';
import { askForUpload, storeForFunctions, type Form } from '../support/function-uploads';
import type { TestImageStore } from '../support/image-store';
import { itemAt } from '../support/put-items';

let store: TestImageStore;
let id: string;

beforeAll(async () => {
  store = await storeForFunctions();
  id = (await createProduct((await createCategory()).id)).id;
});

afterAll(() => store.remove());

const policyOf = ({ fields }: Form) =>
  JSON.parse(Buffer.from(fields['policy'] ?? '', 'base64').toString()) as { expiration: string; conditions: unknown[] };

it('answers forms for one key, one type and one length each, signed for five minutes', async () => {
  const now = Date.now();
  const offer = await askForUpload(id, 1234, { preview: { contentType: 'image/webp', bytes: 56 } });
  const { preview } = offer;
  if (!preview) throw new Error('No form for the preview');
  for (const [form, key, type, bytes] of [
    [offer, `pending/${id}/${offer.imageId}`, 'image/png', 1234],
    [preview, `pending/${id}/${offer.imageId}.preview`, 'image/webp', 56],
  ] as const) {
    const { policy, 'x-amz-signature': signature, ...fields } = form.fields;
    const { expiration, conditions } = policyOf(form);
    expect({ policy, signature }).toEqual({ policy: expect.any(String), signature: expect.any(String) });
    expect(fields).toMatchObject({ key, 'Content-Type': type });
    // Every field has to be what it is, and nothing else is allowed.
    expect(conditions).toEqual([
      { bucket: imagesBucket },
      ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
      ['content-length-range', bytes, bytes],
    ]);
    const fiveMinutes = 5 * 60_000;
    expect(Date.parse(expiration)).toBeGreaterThanOrEqual(now + fiveMinutes);
    expect(Date.parse(expiration)).toBeLessThanOrEqual(Date.now() + fiveMinutes);
  }
});

it('keeps what was asked for a week, as DynamoDB counts the time', async () => {
  const begun = Math.floor(Date.now() / 1000);
  const { imageId } = await askForUpload(id, 10);
  const { expiresAt } = await itemAt(`PRODUCT#${id}`, `IMAGE#${imageId}`);
  const lifetime = Number(expiresAt) - begun;
  const week = 7 * 24 * 60 * 60;
  expect(lifetime).toBeGreaterThanOrEqual(week);
  expect(lifetime).toBeLessThanOrEqual(week + Math.floor(Date.now() / 1000) - begun);
});

it('GET /admin/products/{productId}/images has each upload once, newest first, in pages', async () => {
  const { id: productId } = await createProduct((await createCategory()).id);
  const asked: string[] = [];
  for (let number = 0; number < 3; number += 1) asked.push((await askForUpload(productId, 10)).imageId);
  const found: string[][] = [];
  for (let query: Record<string, string> | undefined = { limit: '1' }; query && found.length < 9;) {
    const { body } = await send('GET /admin/products/{productId}/images', { id: productId, query });
    const { items, nextToken } = body as { items: { id: string }[]; nextToken?: string };
    found.push(items.map((upload) => upload.id));
    query = nextToken === undefined ? undefined : { limit: '1', nextToken };
  }
  expect(found).toEqual(
    asked
      .sort()
      .reverse()
      .map((imageId) => [imageId]),
  );
});
