/** Products as they are answered: their pictures with the addresses that they are read from. */
import type { Product } from '../catalog/product';
import { config } from '../config';
import type { Image } from './image';
import { shownKey } from './keys';

/** A picture as it is answered. */
export interface ShownImage extends Omit<Image, 'type' | 'previewType'> {
  url: string;
  /** Of a copy of 400 pixels at most, where one was sent along. */
  previewUrl?: string;
}

export interface ShownProduct extends Omit<Product, 'images'> {
  images?: ShownImage[];
}

/** Where a deployment has no place for pictures, there are none to be seen. */
export function showProduct({ images, ...product }: Product): ShownProduct {
  const { imagesUrl } = config;
  if (images === undefined || imagesUrl === undefined) return product;
  return { ...product, images: images.map((image) => showImage(product.id, image, imagesUrl)) };
}

function showImage(
  productId: string,
  { id, type, alt, width, height, previewType }: Image,
  origin: string,
): ShownImage {
  return {
    id,
    url: `${origin}/${shownKey(productId, id, 'picture', type)}`,
    alt,
    width,
    height,
    ...(previewType && { previewUrl: `${origin}/${shownKey(productId, id, 'preview', previewType)}` }),
  };
}

export const showPage = <Page extends { items: Product[] }>(page: Page) => ({
  ...page,
  items: page.items.map(showProduct),
});
