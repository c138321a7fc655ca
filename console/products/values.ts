/** What the form of a product holds, and what the API is sent of it. */
import type { Image, Product, ProductInput, ProductStatus, Schemas } from '../api/client';
import { amountFault, majorText, minorAmount } from '../ui/price';

/** As typed. */
export interface Values {
  name: string;
  sku: string;
  slug: string;
  description: string;
  amount: string;
  currency: Schemas['Currency'];
  stockCount: string;
  categoryId: string;
  status: ProductStatus;
  imageUrl: string;
  /** Those of its own, in their order. */
  images: readonly Image[];
  attributes: [name: string, value: string][];
}

export const emptyValues: Values = {
  name: '',
  sku: '',
  slug: '',
  description: '',
  amount: '',
  currency: 'EUR',
  stockCount: '0',
  categoryId: '',
  status: 'draft',
  imageUrl: '',
  images: [],
  attributes: [],
};

const byName = new Intl.Collator(undefined, { numeric: true });

/** The API answers them in another order each time. */
const ordered = (attributes: Values['attributes']) => attributes.toSorted(([a], [b]) => byName.compare(a, b));

export const valuesOf = (product: Product): Values => ({
  name: product.name,
  sku: product.sku,
  slug: product.slug,
  description: product.description ?? '',
  amount: majorText(product.price),
  currency: product.price.currency,
  stockCount: String(product.stockCount),
  categoryId: product.categoryId,
  status: product.status,
  imageUrl: product.imageUrl ?? '',
  images: product.images ?? [],
  attributes: ordered(Object.entries(product.attributes ?? {})),
});

export type Faults = Partial<Record<keyof Values, string>>;

/** What the page can tell by itself; all else the API says. */
export function faultsOf({ name, sku, amount, currency, stockCount, categoryId, attributes }: Values): Faults {
  const names = attributes.map(([attribute]) => attribute.trim());
  const price = amountFault(amount, currency);
  return {
    ...(name.trim() === '' && { name: 'Give it a name' }),
    ...(sku.trim() === '' && { sku: 'Give it a SKU' }),
    ...(price !== undefined && { amount: price }),
    ...(!/^\d+$/.test(stockCount.trim()) && { stockCount: 'Type a whole number' }),
    ...(categoryId === '' && { categoryId: 'Choose a category' }),
    ...((names.includes('') || new Set(names).size < names.length) && {
      attributes: 'Give each attribute a name of its own',
    }),
  };
}

/** Of values without faults. */
export function inputOf(values: Values): ProductInput {
  return {
    name: values.name,
    sku: values.sku.trim(),
    slug: values.slug.trim() || undefined,
    description: values.description || undefined,
    price: { amount: minorAmount(values.amount, values.currency) ?? 0, currency: values.currency },
    stockCount: Number(values.stockCount),
    categoryId: values.categoryId,
    status: values.status,
    imageUrl: values.imageUrl.trim() || undefined,
    attributes:
      values.attributes.length === 0
        ? undefined
        : Object.fromEntries(values.attributes.map(([name, value]) => [name.trim(), value])),
  } satisfies Record<keyof ProductInput, unknown>;
}

export const labels: Readonly<Record<keyof Values, string>> = {
  name: 'Name',
  sku: 'SKU',
  slug: 'Slug',
  description: 'Description',
  amount: 'Price',
  currency: 'Currency',
  stockCount: 'In stock',
  categoryId: 'Category',
  status: 'Status',
  imageUrl: 'Address of a picture',
  images: 'Pictures',
  attributes: 'Attributes',
};

export const fields = Object.keys(labels).filter((name): name is keyof Values => Object.hasOwn(labels, name));

const inOrder = (values: Values): Values => ({ ...values, attributes: ordered(values.attributes) });
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** An amount means nothing without its currency: what has changed in one of them has changed in both. */
export const price: readonly (keyof Values)[] = ['amount', 'currency'];

/** The fields in which two forms differ. */
export function changedFields(before: Values, after: Values): (keyof Values)[] {
  const [a, b] = [inOrder(before), inOrder(after)];
  return fields.filter((field) => (price.includes(field) ? price : [field]).some((part) => !same(a[part], b[part])));
}

/** With pictures at the end that have joined meanwhile: whoever arranges the others has decided nothing about them. */
export const withJoined = (values: Values, before: Values, now: Values): Values => {
  const known = new Set([...before.images, ...values.images].map(({ id }) => id));
  const joined = now.images.filter(({ id }) => !known.has(id));
  return joined.length === 0 ? values : { ...values, images: [...values.images, ...joined] };
};

/** Their change with ours on top, but where ours gives way; what one of us alone has changed is nobody's question. */
export function merged(base: Values, theirs: Values, ours: Values, takeTheirs: ReadonlySet<keyof Values>): Values {
  const kept = changedFields(base, ours).filter((field) => !takeTheirs.has(field));
  const both = { ...theirs, ...Object.fromEntries(kept.map((field) => [field, ours[field]])) };
  // Nobody brings a picture back that the product has no more.
  return { ...both, images: both.images.filter(({ id }) => theirs.images.some((image) => image.id === id)) };
}

/** A merge patch (RFC 7396) with what has changed alone. */
export function patchOf(before: Values, after: Values): Schemas['ProductChanges'] {
  const images = after.images.map(({ id, alt }) => ({ id, alt }));
  const input: Schemas['ProductChanges'] = { ...inputOf(after), images };
  const sent = changedFields(before, after).map((field) =>
    field === 'amount' || field === 'currency' ? 'price' : field,
  );
  const patch = Object.fromEntries(sent.map((field) => [field, input[field] ?? null]));
  if (!sent.includes('attributes')) return patch;
  const removed = before.attributes.map(([name]) => [name, null] as const);
  return { ...patch, attributes: { ...Object.fromEntries(removed), ...input.attributes } };
}
