/** The fields of a history entry, as the forms of the console name them. */
import type { HistoryEntry, Schemas } from '../api/client';
import { unescapeStep } from '../api/problem';

type Change = HistoryEntry['changes'][number];
type Field = Exclude<keyof (Schemas['ProductInput'] & Schemas['CategoryInput']), 'price' | 'attributes'>;

const names: Readonly<Record<string, string>> = {
  '': 'Everything',
  name: 'Name',
  sku: 'SKU',
  slug: 'Slug',
  description: 'Description',
  'price › amount': 'Price',
  'price › currency': 'Currency',
  stockCount: 'In stock',
  categoryId: 'Category',
  parentId: 'Below',
  status: 'Status',
  imageUrl: 'Address of a picture',
  images: 'Pictures',
} satisfies Record<string, string> & Record<Field, string>;

/** Of a JSON pointer (RFC 6901). */
export function fieldOf(pointer: string): string {
  const path = pointer.slice(1).split('/').map(unescapeStep).join(' › ');
  return names[path] ?? path.replace(/^attributes › /, 'Attribute ');
}

const ofTheEntry = /^\/(?:created|updated)(?:At|By)$/;

/** Without when and by whom, which the entry itself says. */
export const changesOf = ({ changes }: HistoryEntry): Change[] =>
  changes.filter(({ pointer }) => !ofTheEntry.test(pointer));

/** What the record is called after, or was before, where the entry says it. */
export function nameIn({ changes }: HistoryEntry): string | undefined {
  const { before, after } = changes.find(({ pointer }) => pointer === '/name') ?? {};
  const name = after ?? before;
  return typeof name === 'string' ? name : undefined;
}
