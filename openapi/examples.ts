/** Examples of what is sent and answered: one category of shoes, and a red shoe in it. */
import { refusals } from '../src/images/refusals';

export const ids = {
  product: '01KB0V3Q6ZK4T6XW9C8M5R2N7D',
  category: '01KB0V2H4MHC0E3Z5J7QY9S1TA',
  parent: '01KB0V1C8XWB5N2D6RT0GJ4EKF',
  user: 'b3a4c852-7091-70f5-1a2e-3c0d5be3a1f7',
  image: '01KB0V5T3DN8Y0QJ6WZ1R4M9CE',
  request: 'UQb8ohVpliAEPBA=',
};

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
  images: [
    {
      id: ids.image,
      url: `https://images.example.com/images/${ids.product}/${ids.image}.webp`,
      alt: 'A red shoe from the left',
      width: 1600,
      height: 1200,
      previewUrl: `https://images.example.com/images/${ids.product}/${ids.image}-400.webp`,
    },
  ],
  version: 2,
  createdAt,
  createdBy: author,
  updatedAt: '2026-11-25T10:15:00.000Z',
  updatedBy: author,
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
  ProductRows: { rows: [newStock] },
  DeletionRows: { rows: [{ sku: 'SHOE-1' }] },
  RowResults: { results: [stockChange] },
  Invitation: { email: user.email, group: 'admin' },
  UserChanges: { enabled: false },
  User: user,
  UserPage: { items: [user] },
};
