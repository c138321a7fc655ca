/** Examples of what is sent and answered: one category of shoes, and a red shoe in it. */
import { ids } from './example-ids';
import { imageExamples, shownImage } from './image-examples';

const author = ids.user;
const createdAt = '2026-11-25T09:30:00.000Z';

const newCategory = { name: 'Shoes', description: 'For feet.', parentId: ids.parent };
const category = {
  id: ids.category,
  ...newCategory,
  slug: 'shoes',
  productCount: 1,
  version: 1,
  createdAt,
  createdBy: author,
  updatedAt: createdAt,
  updatedBy: author,
};

const newProduct = {
  sku: 'SHOE-1',
  name: 'Red shoe',
  price: { amount: 4900, currency: 'EUR' },
  stockCount: 12,
  categoryId: ids.category,
  imageUrl: 'https://images.example.com/red-shoe.jpg',
  attributes: { material: 'leather' },
};
const product = {
  id: ids.product,
  ...newProduct,
  slug: 'red-shoe',
  status: 'active',
  images: [shownImage],
  version: 2,
  createdAt,
  createdBy: author,
  updatedAt: '2026-11-25T10:15:00.000Z',
  updatedBy: author,
};

const priceRise = {
  version: 2,
  action: 'updated',
  at: product.updatedAt,
  by: author,
  changes: [{ pointer: '/price/amount', before: 4500, after: 4900 }],
};

const changeToken = `${priceRise.at}_${ids.product}_0000000002`;

const user = {
  sub: ids.user,
  email: 'jo@example.com',
  emailVerified: true,
  status: 'CONFIRMED',
  enabled: true,
  createdAt,
  groups: ['admin'],
};

const newStock = { sku: 'SHOE-1', stockCount: 20 };
const stockChange = {
  action: 'changed',
  id: ids.product,
  version: 3,
  changes: [{ pointer: '/stockCount', before: 12, after: 20 }],
};

/** Under the names of the schemas. */
export const examples = {
  CategoryInput: newCategory,
  CategoryChanges: { description: null },
  Category: category,
  CategoryWithPath: {
    ...category,
    path: [
      { id: ids.parent, name: 'Clothing', slug: 'clothing' },
      { id: ids.category, name: 'Shoes', slug: 'shoes' },
    ],
  },
  CategoryTree: {
    items: [
      {
        ...{ id: ids.parent, name: 'Clothing', slug: 'clothing', productCount: 0, subtreeProductCount: 1 },
        children: [
          {
            ...{ id: ids.category, name: 'Shoes', slug: 'shoes', productCount: 1, subtreeProductCount: 1 },
            children: [],
          },
        ],
      },
    ],
  },
  CategoryPage: { items: [category], nextToken: 'shoes' },
  ProductInput: newProduct,
  ProductReplacement: { ...newProduct, images: [{ id: ids.image, alt: 'A red shoe from the left' }] },
  ProductChanges: { price: { amount: 3900 }, attributes: { material: null, colour: 'red' } },
  Product: product,
  ProductPage: { items: [product], nextToken: ids.product },
  ChangePage: { items: [{ record: 'product', id: ids.product, ...priceRise }], nextToken: changeToken },
  HistoryPage: { items: [priceRise], nextToken: '2' },
  ...imageExamples,
  ProductRows: { rows: [newStock] },
  DeletionRows: { rows: [{ sku: 'SHOE-1' }] },
  RowResults: { results: [stockChange] },
  Invitation: { email: user.email, group: 'admin' },
  UserChanges: { enabled: false },
  User: user,
  UserPage: { items: [user] },
};
