/** Products that have been deleted and not restored, as the record of all changes tells of them. */
import { historyKey, type HistoryItem } from '../catalog/history-store';
import type { Product } from '../catalog/product';
import { passes } from '../catalog/product-filter';
import { contentToRestore } from '../catalog/product-item-store';
import type { AnyProductQuery } from '../catalog/product-query';
import { withinAnswer, type Page } from '../dynamodb/page';
import { getItems } from '../dynamodb/read';
import { versionOf } from './change-key';
import { idOf, readChanges } from './change-store';

/** How many times the record of all changes is read for one page: five times look at some twenty thousand changes. */
const mostReads = 5;

/**
 * How many deletions are read together. Even of the largest products, and with the entry after each, so many are less
 * than the 16 MB of a BatchGetItem.
 */
const mostAtOnce = 25;

/**
 * In bytes. A page ends once so much has been read for it, whether it is shown or not: reading much more would take
 * longer than a request may.
 */
const mostBytes = 10_000_000;

/**
 * Products that can be restored, last deleted first. Each is as it would come back, but with the version, time and
 * author of its deletion. A page may be empty although others follow.
 */
export async function listDeletedProducts({ limit, nextToken, ...filters }: AnyProductQuery): Promise<Page<Product>> {
  const found: { product: Product; changeKey: string }[] = [];
  let [before, bytes] = [nextToken, 0];
  const isEnough = () => found.length > limit || bytes > mostBytes;
  for (let reads = 0; reads < mostReads && !isEnough(); reads += 1) {
    const { entries, end } = await readChanges({ action: 'deleted', record: 'product' }, before, limit);
    // One more tells whether anything follows.
    const atOnce = Math.min(limit + 1, mostAtOnce);
    let at = 0;
    for (; at < entries.length && !isEnough(); at += atOnce) {
      const read = await readDeletions(entries.slice(at, at + atOnce));
      bytes += read.bytes;
      found.push(...read.deletions.filter(({ product }) => passes(product, filters)));
    }
    before = at < entries.length ? entries[at - 1]?.changeKey : end;
    if (before === undefined) break;
  }
  const shown = withinAnswer(found.slice(0, limit).map(({ product }) => product)).length;
  const items = found.slice(0, shown).map(({ product }) => product);
  const following = shown < found.length ? found[shown - 1]?.changeKey : before;
  return following === undefined ? { items } : { items, nextToken: following };
}

/** Those of the deletions that are still the last entry of their record, and how many bytes were read to tell. */
async function readDeletions(entries: { pk: string; sk: string; changeKey: string }[]) {
  const [items, next] = await Promise.all([
    getItems<HistoryItem>(entries),
    getItems<HistoryItem>(entries.map(({ pk, changeKey }) => historyKey(pk, versionOf(changeKey) + 1))),
  ]);
  const deletions = items.flatMap((item, at) => {
    if (!item || next[at]) return [];
    const { pk, version, at: updatedAt, by: updatedBy, changeKey } = item;
    const product: Product = { id: idOf(pk), ...contentToRestore(item), version, updatedAt, updatedBy };
    return [{ product, changeKey }];
  });
  return { deletions, bytes: Buffer.byteLength(JSON.stringify([items, next])) };
}
