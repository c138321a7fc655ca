/** Where pictures are in the bucket: what has been sent and not looked at yet, and what is shown, which never changes. */
import { ulidText } from '../catalog/ulid';
import { extensions, type ImageType } from './image';

/** Which of the two files of a picture. */
export type Part = 'picture' | 'preview';

export const pendingPrefix = 'pending/';

export const pendingKey = (productId: string, imageId: string, part: Part): string =>
  `${pendingPrefix}${productId}/${imageId}${part === 'preview' ? '.preview' : ''}`;

/** What all files of a shown picture begin with, and no others: ids are of one length. */
export const shownPrefix = (productId: string, imageId: string): string => `images/${productId}/${imageId}`;

export const shownKey = (productId: string, imageId: string, part: Part, type: ImageType): string =>
  `${shownPrefix(productId, imageId)}${part === 'preview' ? '-400' : ''}.${extensions[type]}`;

const pending = new RegExp(`^${pendingPrefix}(${ulidText})/(${ulidText})(\\.preview)?$`);

/** What a pending key says; undefined for any other. */
export function readPendingKey(key: string): { productId: string; imageId: string; part: Part } | undefined {
  const [, productId, imageId, suffix] = pending.exec(key) ?? [];
  if (productId === undefined || imageId === undefined) return undefined;
  return { productId, imageId, part: suffix === undefined ? 'picture' : 'preview' };
}
