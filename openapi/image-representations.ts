/** What the API answers of pictures, as schemas. */
import * as z from 'zod/mini';
import { ulid } from '../src/catalog/text';
import type { Image } from '../src/images/image';
import { alt, imageType } from '../src/images/image-parameters';
import { refusal } from '../src/images/refusals';
import type { ShownImage } from '../src/images/shown';
import { uploadState } from '../src/images/ticket-store';
import type { UploadForm } from '../src/images/upload-form';
import { uploadQuery } from '../src/images/upload-parameters';
import type { Upload, UploadOffer } from '../src/images/uploads';
import { instant, pageOf } from './lists';

const pixels = z.int().check(z.gte(1));
const imageAddress = z.string().check(z.minLength(1), z.meta({ format: 'uri' }));
export const shownImage = z.strictObject({
  id: ulid,
  url: imageAddress,
  alt,
  width: pixels,
  height: pixels,
  previewUrl: z.optional(imageAddress),
}) satisfies z.ZodMiniType<ShownImage>;
/** A picture as the history tells of it. */
export const keptImage = z.strictObject({
  id: ulid,
  type: imageType,
  alt,
  width: pixels,
  height: pixels,
  previewType: z.optional(imageType),
}) satisfies z.ZodMiniType<Image>;

const formFields = z.record(z.string(), z.string());
const uploadForm = z.strictObject({ url: imageAddress, fields: formFields }) satisfies z.ZodMiniType<UploadForm>;
const imageUpload = z.strictObject({
  imageId: ulid,
  expiresAt: instant,
  ...uploadForm.shape,
  preview: z.optional(uploadForm),
}) satisfies z.ZodMiniType<UploadOffer>;
const upload = z.strictObject({
  id: ulid,
  state: uploadState,
  expiresAt: instant,
  reason: z.optional(refusal),
  detail: z.optional(z.string().check(z.minLength(1))),
}) satisfies z.ZodMiniType<Upload>;
const uploadPage = pageOf(upload, uploadQuery);

/** Under the names that they have in the description. */
export const imageAnswers = { ImageUpload: imageUpload, ImageUploadPage: uploadPage };
export const partsOfImageAnswers = {
  KeptImage: keptImage,
  ProductImage: shownImage,
  Upload: upload,
  UploadForm: uploadForm,
  FormFields: formFields,
  UploadStateName: uploadState,
  ImageRefusal: refusal,
};
