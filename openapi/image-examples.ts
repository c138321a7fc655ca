/** Examples of pictures: the red shoe's. */
import { refusals } from '../src/images/refusals';
import { ids } from './example-ids';

export const shownImage = {
  id: ids.image,
  url: `https://images.example.com/images/${ids.product}/${ids.image}.webp`,
  alt: 'A red shoe from the left',
  width: 1600,
  height: 1200,
  previewUrl: `https://images.example.com/images/${ids.product}/${ids.image}-400.webp`,
};

const formOf = (suffix: string, bytes: number) => ({
  url: 'https://admin-catalog-images.s3.eu-central-1.amazonaws.com',
  fields: {
    key: `pending/${ids.product}/${ids.image}${suffix}`,
    'Content-Type': 'image/webp',
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'ASIAEXAMPLE/20261125/eu-central-1/s3/aws4_request',
    'x-amz-date': '20261125T093000Z',
    policy: Buffer.from(`{"conditions":[["content-length-range",${bytes},${bytes}]]}`).toString('base64'),
    'x-amz-signature': '0f0e0d0c0b0a09080706050403020100f0e0d0c0b0a090807060504030201000',
  },
});

/** Under the names of the schemas. */
export const imageExamples = {
  ImageInput: {
    contentType: 'image/webp',
    bytes: 184_320,
    alt: 'A red shoe from the left',
    preview: { bytes: 12_288 },
  },
  ImageUpload: {
    imageId: ids.image,
    expiresAt: '2026-11-25T09:35:00.000Z',
    ...formOf('', 184_320),
    preview: formOf('.preview', 12_288),
  },
  ImageUploadPage: {
    items: [
      {
        id: ids.image,
        state: 'refused',
        expiresAt: '2026-11-25T09:35:00.000Z',
        reason: 'other_type',
        detail: refusals.other_type,
      },
    ],
    nextToken: ids.image,
  },
};
