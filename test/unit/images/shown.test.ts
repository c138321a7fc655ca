import type { Product } from '../../../src/catalog/product';
import { config } from '../../../src/config';
import { withinAnswer } from '../../../src/dynamodb/page';
import { mostImages } from '../../../src/images/image';
import { showProduct } from '../../../src/images/shown';
import { bytesInAnswer } from '../../../src/payload';

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const picture = { id, type: 'image/webp', alt: '', width: 12_000, height: 12_000, previewType: 'image/webp' } as const;
const product: Product = {
  ...{ id, sku: 'A', name: 'A', slug: 'a', price: { amount: 1, currency: 'EUR' }, stockCount: 1, categoryId: id },
  ...{ status: 'active', version: 1, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' },
  attributes: Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`name-${number}`, 'v'.repeat(1_000)])),
  images: Array.from({ length: mostImages }, () => picture),
};

it('as many products as one answer holds fit into it with all addresses of their pictures, on the longest domain', () => {
  jest.replaceProperty(config, 'imagesUrl', `https://${'a.'.repeat(125)}com`);
  const shown = withinAnswer(Array.from({ length: 100 }, () => product)).flatMap((one) =>
    one ? [showProduct(one)] : [],
  );
  expect(shown.length).toBeGreaterThan(80);
  // Its quota for synchronous answers, 6 MB.
  expect(bytesInAnswer({ items: shown })).toBeLessThan(6 * 1024 * 1024);
});

it('a product shows none of its pictures where a deployment has no place for them', () => {
  jest.replaceProperty(config, 'imagesUrl', undefined);
  const { images: _, ...rest } = product;
  expect(showProduct(product)).toStrictEqual(rest);
});
