/** Deletes the files of pictures that their product has no longer had for as long as such files stay. */
import { changeOf, type HistoryEntry } from '../catalog/history';
import { historyKey, type HistoryItem } from '../catalog/history-store';
import { readProducts } from '../catalog/product-store';
import { shards } from '../changes/change-key';
import { idOf, kindOf, type ChangeEntry } from '../changes/change-store';
import { getItems } from '../dynamodb/read';
import { listFiles, remove } from '../images/bucket';
import { filesGo, type Image } from '../images/image';
import { shownPrefix } from '../images/keys';
import { sideBySide } from '../side-by-side';
import { mostAtOnce } from './attempts';
import { followIndex } from './follow-index';
import { together, type Progress, type Step } from './step';

export const deleteLeftFiles: Step = async (isTime) => {
  const until = Date.now() - filesGo;
  const progress: Progress[] = [];
  for (const shard of shards) {
    progress.push(await followIndex({ partition: shard, name: shard }, until, isTime, deleteLeftBy));
  }
  return together(progress);
};

/**
 * Deletes the files of pictures that these entries took away. A picture can come back in one way alone: with its
 * deleted product, and then in the very next version; and after so long, a restoration leaves pictures out. So it is
 * enough to look at the next entry of the history. The product as it is now is looked at all the same, before anything
 * is deleted for good.
 */
async function deleteLeftBy(entries: ChangeEntry[]): Promise<number> {
  const candidates = entries.filter(
    ({ pk, action }) => kindOf(pk) === 'product' && (action === 'updated' || action === 'deleted'),
  );
  const items = await getItems<HistoryItem>(candidates);
  const left = items.flatMap((item) => (item && takenAway(item).length > 0 ? [item] : []));
  const [products, next] = await Promise.all([
    readProducts([...new Set(left.map(({ pk }) => idOf(pk)))]),
    getItems<HistoryItem>(left.map(({ pk, version }) => historyKey(pk, version + 1))),
  ]);
  const gone = left.flatMap((item, at) => {
    const productId = idOf(item.pk);
    const there = [...(products.get(productId)?.images ?? []), ...imagesAfter(next[at])];
    return without(takenAway(item), there).map((image) => ({ productId, image }));
  });
  await sideBySide(gone, ({ productId, image }) => removeFiles(productId, image.id), mostAtOnce);
  return gone.length;
}

/** All files of the picture, even a preview that was never shown. */
async function removeFiles(productId: string, imageId: string): Promise<void> {
  for await (const files of listFiles(shownPrefix(productId, imageId))) await remove(files.map(({ key }) => key));
}

const takenAway = (entry: HistoryEntry): Image[] =>
  without(changeOf<Image[]>(entry, 'images').before ?? [], imagesAfter(entry));

const imagesAfter = (entry?: HistoryEntry): Image[] => (entry && changeOf<Image[]>(entry, 'images').after) ?? [];

const without = (images: Image[], others: Image[]): Image[] =>
  images.filter(({ id }) => !others.some((other) => other.id === id));
