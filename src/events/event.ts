/** Events: what others are told of a change, made of the history entry that it left. */
import type { Category } from '../catalog/category';
import { toEntry, type HistoryItem } from '../catalog/history-store';
import type { HistoryEntry } from '../catalog/history';
import type { Product } from '../catalog/product';
import { changeKeyOf } from '../changes/change-key';
import { idOf, kindOf } from '../changes/change-store';
import type { RecordKind } from '../changes/parameters';
import { showProduct, type ShownProduct } from '../images/shown';

/** The source that EventBridge shows for every event of this catalogue. */
export const source = 'admin-catalog';

/** A category as readers see it, but for its count of products, which changes without it. */
export type EventCategory = Omit<Category, 'productCount'>;

/** What is common to all events. */
interface ChangeDetail extends Omit<HistoryEntry, 'action'> {
  /** The same however often the event is sent, and unlike that of any other. */
  eventId: string;
  id: string;
  /**
   * Set if the event would be too long, or if too much has changed since: `changes` then has only pointers, and there
   * is no record.
   */
  shortened?: true;
}

export interface ProductDetail extends ChangeDetail {
  /** As `GET /products/{productId}` shows it after the change; null where it shows none. */
  product?: ShownProduct | null;
}

export interface CategoryDetail extends ChangeDetail {
  /** As `GET /categories/{categoryId}` shows it after the change; null once it is deleted. */
  category?: EventCategory | null;
}

export interface CatalogEvent {
  type: `${RecordKind}.${HistoryEntry['action']}`;
  time: string;
  detail: ProductDetail | CategoryDetail;
}

/** A record as an entry left it. */
export type RecordThen = { product: Product | undefined } | { category: EventCategory | undefined };

/** In bytes of the detail. EventBridge takes 256 KB for all entries of a request; the rest of an entry is about a hundred. */
const longestDetail = 255_000;

/** The event for an entry, and the record as it left it, where that is known. */
export function toEvent(item: HistoryItem, record: RecordThen | undefined): CatalogEvent {
  const { action, ...entry } = toEntry(item);
  const { changeKey: eventId } = changeKeyOf(item.pk, entry);
  const common = { eventId, id: idOf(item.pk), ...entry };
  const event = { type: `${kindOf(item.pk)}.${action}`, time: entry.at } as const;
  const detail = record && { ...common, ...shown(record) };
  if (detail && Buffer.byteLength(JSON.stringify(detail)) <= longestDetail) return { ...event, detail };
  const changes = entry.changes.map(({ pointer }) => ({ pointer }));
  return { ...event, detail: { ...common, changes, shortened: true } };
}

/** Readers see active products alone: what others are told of the rest is that there is nothing to be seen. */
function shown(record: RecordThen) {
  if ('category' in record) return { category: record.category ?? null };
  return { product: record.product?.status === 'active' ? showProduct(record.product) : null };
}
