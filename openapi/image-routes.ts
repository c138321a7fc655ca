/** What is particular to the routes of pictures. */
import { uploadQuery } from '../src/images/upload-parameters';
import { created, ok, type Operation } from './operation';

const send =
  'Send each form as `multipart/form-data` to its `url`: all of `fields`, and after them the file as `file`; the preview first. ' +
  'S3 answers 204, and takes no other key, type or size. The picture joins the product a moment later, once it has been looked ' +
  'at: at most 12,000 pixels a side, and 400 for a preview. Without pictures in the deployment there is no such route.';

/** Under the route keys of serverless.yml. */
export const imageRoutes: Readonly<Record<string, Operation>> = {
  'POST /admin/products/{productId}/images': {
    id: 'createImageUpload',
    tag: 'Products',
    summary: 'Ask for a form that a picture can be sent with',
    description: send,
    body: 'ImageInput',
    status: created,
    answer: 'ImageUpload',
    errors: ['too_many_images'],
  },
  'GET /admin/products/{productId}/images': {
    id: 'listImageUploads',
    tag: 'Products',
    summary: 'List what became of uploads, newest first',
    description:
      'Known for a week after the form was asked for. Without pictures in the deployment there is no such route.',
    query: uploadQuery,
    status: ok,
    answer: 'ImageUploadPage',
    errors: [],
  },
};
