/** Links: which operation can follow on an answer, and which of its values goes where. */
import type { Operation } from '../../openapi/operation';

interface Link {
  operationId: string;
  parameters: Record<string, string>;
  requestBody?: unknown;
}

const byId = (name: string, id: string, operationIds: string[]): Record<string, Link> =>
  Object.fromEntries(
    operationIds.map((operationId) => [operationId, { operationId, parameters: { [`path.${name}`]: id } }]),
  );

/** `If-Match` names the version that was answered. */
const conditional = (name: string, operationIds: string[]): Record<string, Link> =>
  Object.fromEntries(
    operationIds.map((operationId) => [
      operationId,
      {
        operationId,
        parameters: { [`path.${name}`]: '$response.body#/id', 'header.If-Match': '$response.header.ETag' },
      },
    ]),
  );

const product = {
  ...byId('productId', '$response.body#/id', ['getProduct', 'getAnyProduct', 'listProductHistory', 'restoreProduct']),
  ...conditional('productId', ['replaceProduct', 'patchProduct', 'deleteProduct']),
};

const category = {
  ...byId('categoryId', '$response.body#/id', ['getCategory', 'listCategoryHistory']),
  ...conditional('categoryId', ['replaceCategory', 'patchCategory', 'deleteCategory']),
  listAllProducts: { operationId: 'listAllProducts', parameters: { 'query.categoryId': '$response.body#/id' } },
  createProduct: { operationId: 'createProduct', parameters: {}, requestBody: { categoryId: '$response.body#/id' } },
};

const nextPage = (operationId: string, idName?: string): Record<string, Link> => ({
  nextPage: {
    operationId,
    parameters: {
      'query.nextToken': '$response.body#/nextToken',
      ...(idName === undefined ? {} : { [`path.${idName}`]: `$request.path.${idName}` }),
    },
  },
});

/** The links of the answer that goes well; none where nothing follows on it. */
export function linksOf({ id, tag, answer }: Operation): Record<string, Link> {
  const idName = tag === 'Products' ? 'productId' : 'categoryId';
  switch (answer) {
    case 'Product':
      return product;
    case 'Category':
    case 'CategoryWithPath':
      return category;
    case 'ProductPage':
      return { ...byId(idName, '$response.body#/items/0/id', ['getAnyProduct']), ...nextPage(id) };
    case 'CategoryPage':
      return { ...byId(idName, '$response.body#/items/0/id', ['getCategory']), ...nextPage(id) };
    case 'HistoryPage':
    case 'ImageUploadPage':
      return nextPage(id, idName);
    case 'ChangePage':
    case 'UserPage':
      return nextPage(id);
    case 'CategoryTree':
      return byId(idName, '$response.body#/items/0/id', ['getCategory']);
    case 'User':
      return byId('sub', '$response.body#/sub', ['getUser', 'changeUser', 'signOutUser']);
    case 'RowResults':
    case 'ImageUpload':
      return {};
    case undefined:
      return tag === 'Products'
        ? byId(idName, '$request.path.productId', ['restoreProduct', 'listProductHistory'])
        : byId(idName, '$request.path.categoryId', ['listCategoryHistory']);
  }
}
