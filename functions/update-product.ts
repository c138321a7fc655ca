/** PUT and PATCH /products/{productId} */
import { requireGroup } from '../src/access/require-group';
import { productChanges, productReplacement } from '../src/catalog/product-changes';
import { productPath } from '../src/catalog/product-parameters';
import { patchProduct, replaceProduct } from '../src/catalog/product-operations';
import { byMethod } from '../src/http/by-method';
import { endpoint } from '../src/http/endpoint';
import { ok } from '../src/http/responses';
import { showProduct } from '../src/images/shown';

const product = { access: requireGroup('admin'), path: productPath, conditional: true, respond: ok };

export const handler = byMethod({
  PUT: endpoint({
    ...product,
    body: productReplacement,
    run: async ({ caller, path, body, expected }) =>
      showProduct(await replaceProduct(path.productId, body, caller.sub, expected)),
  }),
  PATCH: endpoint({
    ...product,
    body: productChanges,
    run: async ({ caller, path, body, expected }) =>
      showProduct(await patchProduct(path.productId, body, caller.sub, expected)),
  }),
});
