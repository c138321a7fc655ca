/** Records as they were once an entry of their history was written: as they are now, with what came later taken back. */
import { keyOf as categoryKey, toCategory, type CategoryItem } from '../catalog/category-item-store';
import { contentBefore, type HistoryEntry } from '../catalog/history';
import { readHistory, type HistoryItem } from '../catalog/history-store';
import { keyOf as productKey, toProduct, type ProductItem } from '../catalog/product-item-store';
import { idOf, kindOf } from '../changes/change-store';
import { getItems } from '../dynamodb/read';
import type { EventCategory, RecordThen } from './event';
import type { Product } from '../catalog/product';

/** The record as each of these entries left it, in their order. */
export async function recordsThen(entries: HistoryItem[]): Promise<RecordThen[]> {
  const pks = [...new Set(entries.map(({ pk }) => pk))];
  const items = await getItems<ProductItem | CategoryItem>(pks.map(recordKey));
  const histories = await Promise.all(
    pks.map(async (pk, at) => {
      const current = items[at];
      const now = { version: current?.version, content: current && contentOf(current) };
      const oldest = Math.min(
        ...entries.filter((entry) => entry.pk === pk && !isNow(entry, now)).map(({ version }) => version),
      );
      return [pk, { now, later: await readLater(pk, oldest) }] as const;
    }),
  );
  const byPk = new Map(histories);
  return entries.map((entry) => recordThen(entry, byPk.get(entry.pk)));
}

interface Now {
  /** Undefined where it has been deleted. */
  version: number | undefined;
  content: object | undefined;
}

const recordKey = (pk: string) => (kindOf(pk) === 'product' ? productKey : categoryKey)(idOf(pk));

function contentOf(item: ProductItem | CategoryItem): Product | EventCategory {
  if (item.sk === 'PRODUCT') return toProduct(item);
  const { productCount: _, ...category } = toCategory(item, []);
  return category;
}

/** Whether nothing has to be taken back. */
const isNow = ({ action, version }: HistoryItem, now: Now) => action === 'deleted' || version === now.version;

/** What came after this version, newest first. */
async function readLater(pk: string, version: number): Promise<HistoryEntry[]> {
  const later: HistoryEntry[] = [];
  let nextToken: string | undefined;
  while (version !== Infinity) {
    const page = await readHistory(pk, { limit: 100, nextToken });
    const newer = page.items.filter((entry) => entry.version > version);
    later.push(...newer);
    nextToken = page.nextToken;
    if (nextToken === undefined || newer.length < page.items.length) break;
  }
  return later;
}

function recordThen(entry: HistoryItem, history: { now: Now; later: HistoryEntry[] } | undefined): RecordThen {
  const { pk, action, version, at: updatedAt, by: updatedBy } = entry;
  const { now, later = [] } = history ?? {};
  // Of a record that is gone, all is taken back from nothing; what was written between the two reads is not in it yet.
  const undone = later.filter((other) => other.version > version && other.version <= (now?.version ?? Infinity));
  const content = undone.reduce<object>((after, other) => contentBefore(other, after), now?.content ?? {});
  const stamp = { id: idOf(pk), version, updatedAt, updatedBy };
  const isGone = action === 'deleted';
  // The shape that the stores gave the history, which nobody else writes.
  return kindOf(pk) === 'product'
    ? { product: isGone ? undefined : ({ ...content, ...stamp } as Product) }
    : { category: isGone ? undefined : ({ ...content, ...stamp } as EventCategory) };
}
