/** Works out what a record was right after an entry of its history: what it is now, with all later changes undone. */
import { keyOf as categoryKey, toCategory, type CategoryItem } from '../catalog/category-item-store';
import { contentBefore, type HistoryEntry } from '../catalog/history';
import { readHistory, type HistoryItem } from '../catalog/history-store';
import { keyOf as productKey, toProduct, type ProductItem } from '../catalog/product-item-store';
import { idOf, kindOf } from '../changes/change-store';
import type { RecordKind } from '../changes/parameters';
import { getItems } from '../dynamodb/read';
import { sideBySide } from '../side-by-side';
import type { EventCategory, RecordThen } from './event';
import type { Product } from '../catalog/product';

/**
 * How far back a record is worked out. A replay goes through a long history part by part, and would read everything
 * after each part; an outage is far shorter.
 */
const mostReads = 10;
const perRead = 100;
const mostTakenBack = mostReads * perRead;

/**
 * How many bytes of later history may still be read for a batch. Reading takes from it, and once it is used up nothing
 * more is read.
 */
export interface Budget {
  bytes: number;
}

/**
 * Reading so much takes 0.6 s of a processor (measured), and the function has 0.29 of one. After an outage, each of the
 * hundred records of a batch can have ten megabytes of later changes, which would take longer than the function may.
 */
export const budgetOfBatch = (): Budget => ({ bytes: 40_000_000 });

/** Records worked out at a time, each of which can hold ten megabytes. */
const mostAtOnce = 4;

/**
 * The record as each of these entries left it, in their order; undefined where too much has changed since, or the
 * budget is used up.
 */
export async function recordsThen(entries: HistoryItem[], budget: Budget): Promise<(RecordThen | undefined)[]> {
  const pks = [...new Set(entries.map(({ pk }) => pk))];
  const items = await getItems<ProductItem | CategoryItem>(pks.map(recordKey));
  const currents = pks.map((pk, at) => ({ pk, current: items[at] }));
  const contents = await sideBySide(
    currents,
    async ({ pk, current }) => {
      const now = { version: current?.version, content: current && contentOf(current) };
      const wanted = entries.filter((entry) => entry.pk === pk && isBehind(entry, now) && isNear(entry, now));
      const versions = new Set(wanted.map(({ version }) => version));
      return [pk, contentsOf(now, await readLater(pk, Math.min(...versions), budget), versions)] as const;
    },
    mostAtOnce,
  );
  const byPk = new Map(contents);
  return entries.map((entry) => recordThen(entry, byPk.get(entry.pk)?.get(entry.version)));
}

interface Now {
  /** Undefined where it has been deleted. */
  version: number | undefined;
  content: object | undefined;
}

const keysOf = { product: productKey, category: categoryKey } satisfies Record<RecordKind, unknown>;
const recordKey = (pk: string) => keysOf[kindOf(pk)](idOf(pk));

function contentOf(item: ProductItem | CategoryItem): Product | EventCategory {
  if (item.sk === 'PRODUCT') return toProduct(item);
  const { productCount: _, ...category } = toCategory(item, 0);
  return category;
}

/** Whether the record has changed since, so that something has to be undone. */
const isBehind = ({ action, version }: HistoryItem, now: Now) => action !== 'deleted' && version !== now.version;

const isNear = ({ version }: HistoryItem, now: Now) => (now.version ?? 0) - version <= mostTakenBack;

/** What came after this version, newest first: all of it, or as much as the limits above allow. */
async function readLater(pk: string, version: number, budget: Budget): Promise<HistoryEntry[]> {
  const later: HistoryEntry[] = [];
  let nextToken: string | undefined;
  for (let reads = 0; version !== Infinity && reads < mostReads && budget.bytes > 0; reads += 1) {
    const page = await readHistory(pk, { limit: perRead, nextToken });
    budget.bytes -= Buffer.byteLength(JSON.stringify(page.items));
    const newer = page.items.filter((entry) => entry.version > version);
    later.push(...newer);
    nextToken = page.nextToken;
    if (nextToken === undefined || newer.length < page.items.length) break;
  }
  return later;
}

/**
 * The content of the record by version: what it is now and, for these versions, what it was, as far back as `later`
 * goes.
 */
function contentsOf(now: Now, later: HistoryEntry[], versions: ReadonlySet<number>): ReadonlyMap<number, object> {
  // For a deleted record, the changes are undone beginning with nothing. What was written between the two reads is not
  // in the content yet, and to undo it leaves that as it is.
  const { version = Infinity, content = {} } = now;
  const contents = new Map([[version, content]]);
  let before = content;
  for (const entry of later) {
    before = contentBefore(entry, before);
    if (versions.has(entry.version - 1)) contents.set(entry.version - 1, before);
  }
  return contents;
}

function recordThen(entry: HistoryItem, content: object | undefined): RecordThen | undefined {
  const { pk, action, version, at: updatedAt, by: updatedBy } = entry;
  const isGone = action === 'deleted';
  if (!isGone && !content) return undefined;
  const stamp = { id: idOf(pk), version, updatedAt, updatedBy };
  // The shape that the stores gave the history, which nobody else writes.
  return kindOf(pk) === 'product'
    ? { product: isGone ? undefined : ({ ...content, ...stamp } as Product) }
    : { category: isGone ? undefined : ({ ...content, ...stamp } as EventCategory) };
}
