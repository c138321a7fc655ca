/** Products as they stand in files: what an admin may set, with the category by its slug or name. Ids are the server's. */
import * as z from 'zod/mini';
import { amount as amountInMinorUnits, currency as currencyCode, productChanges } from '../../../src/catalog/product';
import { sku, statuses } from '../../../src/catalog/product-parameters';
import { derivedSlugs } from '../../../src/catalog/slug';
import { slug, text } from '../../../src/catalog/text';
import { readRecord, Rejection } from '../rejection';
import { fromDigits, toCell, trimmed, type Cells, type Delimiter } from './cells';
import type { Table } from './header';
import { toMajorUnits, toMinorUnits } from './price';

/** A record that may be imported: what it leaves out stays as it is, and what is `null` is cleared. */
export const productRecord = z.extend(z.omit(productChanges, { categoryId: true }), {
  sku,
  slug: z.optional(slug),
  category: z.optional(text({ max: 200 })),
  version: z.optional(z.int().check(z.gte(1))),
});

/**
 * What is sent for a record, with its SKU, its slug, and the slug that a new product would get from its name. `slugOf` makes the slug of
 * what the record says of its category. Throws `Rejection` for a record that the API would refuse.
 */
export function readProduct(value: unknown, slugOf: (category: string) => string) {
  const record = readRecord(productRecord, value);
  const { sku, slug, name, category, attributes, version } = record;
  return {
    key: sku,
    slug,
    slugFromName: slug === undefined && name !== undefined ? derivedSlugs(name, '')[0] : undefined,
    version,
    fields: {
      ...record,
      category: category === undefined ? undefined : slugOf(category),
      // A file has all of them.
      replaceAttributes: attributes ? true : undefined,
    },
  };
}

/** A product as the API answers it; what it holds was checked when it came. */
export const storedProduct = z.object({
  id: z.string(),
  version: z.int(),
  sku: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  price: z.object({ amount: z.number(), currency: z.string() }),
  stockCount: z.number(),
  categoryId: z.string(),
  status: z.enum(statuses),
  imageUrl: z.optional(z.string()),
  attributes: z.optional(z.record(z.string(), z.string())),
});
export type StoredProduct = z.infer<typeof storedProduct>;

export type ExportedProduct = Omit<StoredProduct, 'id' | 'categoryId'> & { category: string };

/** The same text for the same product, whichever order the API answers its fields and attributes in. */
export function toProductRecord(product: StoredProduct, category: string): ExportedProduct {
  const { sku, name, slug, description, price, stockCount, status, imageUrl, attributes } = product;
  return {
    sku,
    version: product.version,
    name,
    slug,
    description,
    imageUrl,
    attributes: attributes && Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))),
    category,
    status,
    stockCount,
    price: { amount: price.amount, currency: price.currency },
  };
}

/** The last ones are never empty: some spreadsheets leave out the cells at the end of a row that are. */
export const productColumns = [
  ...['sku', 'version', 'name', 'slug', 'description', 'imageUrl', 'attributes'],
  ...['category', 'status', 'stockCount', 'price', 'currency'],
];

export const toProductCells = (product: ExportedProduct, delimiter: Delimiter): string[] => {
  const { sku, version, name, slug, description, imageUrl, attributes, category, status, stockCount, price } = product;
  return [
    toCell(sku),
    String(version),
    ...[name, slug, description, imageUrl, attributes && JSON.stringify(attributes), category, status].map(toCell),
    String(stockCount),
    toMajorUnits(price.amount, price.currency, delimiter),
    price.currency,
  ];
};

export const productTable: Table = {
  key: 'sku',
  columns: [...productColumns, 'amount'],
  clearable: ['description', 'imageUrl', 'attributes'],
  refusal: (columns) => {
    if (!columns.includes('price')) return undefined;
    if (columns.includes('amount')) {
      return 'price (such as 19.99) and amount (the same in the smallest unit, 1999) go one without the other';
    }
    return columns.includes('currency')
      ? undefined
      : 'price goes with a column currency, which says how many decimals it has';
  },
  fromCells: ({ name, description, attributes, ...cells }, delimiter) => {
    const { sku, slug, imageUrl, category, status, stockCount, version } = trimmed(cells);
    return {
      ...{ sku, name, slug, description, imageUrl, category },
      price: readPrice(cells, delimiter),
      stockCount: fromDigits('stockCount', stockCount),
      status: status?.toLowerCase(),
      attributes: attributes === undefined ? undefined : parseAttributes(attributes),
      version: fromDigits('version', version),
    };
  },
};

/** Without a price or an amount, what it costs stays as it is, but for the currency. */
function readPrice({ price, amount, ...cells }: Cells, delimiter: Delimiter) {
  const currency = cells['currency']?.trim().toUpperCase();
  if (price === undefined) {
    const minorUnits = readRecord(z.object({ amount: z.optional(amountInMinorUnits) }), {
      amount: fromDigits('amount', amount?.trim()),
    }).amount;
    return minorUnits === undefined && currency === undefined ? undefined : { amount: minorUnits, currency };
  }
  if (currency === undefined) throw new Rejection('currency: is needed beside a price: it says how many decimals');
  readRecord(z.object({ currency: currencyCode }), { currency });
  return { amount: toMinorUnits(price.trim(), currency, delimiter), currency };
}

function parseAttributes(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    throw new Rejection('attributes: must be a JSON object, such as {"colour":"red"}');
  }
}
