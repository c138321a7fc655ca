/** What a row would change, for whoever reads it: each field with what it was and what it would be. */
import * as z from 'zod/mini';
import type { FieldChange } from './api/outcome';
import { toMajorUnits } from './files/price';
import { fieldName } from './rejection';

interface Context {
  /** What the row says. */
  fields: Readonly<Record<string, unknown>>;
  /** How the category with an id is called, and what is said where there is none. */
  category?: (id: unknown) => string;
}

/** One text for each field, such as `price 19.99 → 20.00 EUR`. */
export function describeChanges(changes: readonly FieldChange[], { fields, category = String }: Context): string[] {
  const { data } = price.safeParse(fields['price']);
  const amount = changes.find(({ pointer }) => pointer === '/price/amount');
  const currency = changes.find(({ pointer }) => pointer === '/price/currency');
  // The order of attributes is nobody's.
  const sorted = [...changes].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
  return sorted.flatMap((change) => {
    const { pointer, before, after } = change;
    if (pointer === '/categoryId' || pointer === '/parentId') {
      return `${fieldName(pointer)} ${category(before)} → ${category(after)}`;
    }
    if (pointer === '/images') return describePictures(change);
    if (change === currency && amount) return [];
    if (change !== amount) return `${fieldName(pointer)} ${shown(before)} → ${shown(after)}`;
    if (data?.currency === undefined) return `amount ${String(before)} → ${String(after)}`;
    const was = toMajorUnits(Number(before), currency ? String(currency.before) : data.currency);
    const is = toMajorUnits(Number(after), data.currency);
    return `price ${was}${currency ? ` ${String(currency.before)}` : ''} → ${is} ${data.currency}`;
  });
}

const price = z.object({ currency: z.string() });

const pictures = z._default(z.array(z.object({ id: z.string(), alt: z.string() })), []);

/** A row changes what is said of pictures alone. */
function describePictures({ before, after }: FieldChange): string[] {
  const was = new Map(pictures.parse(before).map(({ id, alt }) => [id, alt]));
  return pictures.parse(after).flatMap(({ id, alt }, position) => {
    return was.get(id) === alt ? [] : `picture ${position + 1} ${shown(was.get(id))} → ${shown(alt)}`;
  });
}

const longest = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
