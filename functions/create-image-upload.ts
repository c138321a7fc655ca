/** POST /admin/products/{productId}/images, and GET of what became of those that were asked for */
import { requireGroup } from '../src/access/require-group';
import { productPath } from '../src/catalog/product-parameters';
import { byMethod } from '../src/http/by-method';
import { endpoint } from '../src/http/endpoint';
import { offered, page } from '../src/http/responses';
import { newImage, uploadQuery } from '../src/images/upload-parameters';
import { listUploads, offerUpload } from '../src/images/uploads';

const images = { access: requireGroup('admin'), path: productPath };

export const handler = byMethod({
  POST: endpoint({
    ...images,
    body: newImage,
    run: ({ caller, path, body }) => offerUpload(path.productId, body, caller.sub),
    respond: offered,
  }),
  GET: endpoint({
    ...images,
    query: uploadQuery,
    run: ({ path, query }) => listUploads(path.productId, query),
    respond: page,
  }),
});
