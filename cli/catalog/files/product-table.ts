/** Products as rows of a CSV file. */
import * as z from 'zod/mini';
import { amount as amountInMinorUnits, currency as currencyCode } from '../../../src/catalog/product';
import { readRecord, Rejection } from '../rejection';
import { fromDigits, plain, toCell, type Cells, type Delimiter } from './cells';
import type { Table } from './header';
import { toMajorUnits, toMinorUnits } from './price';
import { productRecord, type ExportedProduct } from './product-record';
import { readCells } from './read-cells';
import { refuseRemade } from './remade';

type ToCell = (product: ExportedProduct, delimiter: Delimiter) => string;
type Column = Exclude<keyof ExportedProduct, 'images'> | 'imageAlts' | 'currency';

/** By column. The last ones are never empty: some spreadsheets leave out the cells at the end of a row that are. */
const cells: Readonly<Record<Column, ToCell>> = {
  sku: ({ sku }) => toCell(sku),
  version: ({ version }) => String(version),
  name: ({ name }) => toCell(name),
  slug: ({ slug }) => toCell(slug),
  description: ({ description }) => toCell(description),
  imageUrl: ({ imageUrl }) => toCell(imageUrl),
  imageAlts: ({ images }) => pairsToCell(images && Object.fromEntries(images.map(({ id, alt }) => [id, alt]))),
  attributes: ({ attributes }) => pairsToCell(attributes),
  category: ({ category }) => toCell(category),
  status: ({ status }) => toCell(status),
  stockCount: ({ stockCount }) => String(stockCount),
  price: ({ price }, delimiter) => toMajorUnits(price.amount, price.currency, delimiter),
  currency: ({ price }) => price.currency,
};
const pairsToCell = (pairs: object | undefined) => toCell(pairs && JSON.stringify(pairs));

export const productColumns = Object.keys(cells);

export const toProductCells = (product: ExportedProduct, delimiter: Delimiter): string[] =>
  Object.values(cells).map((cell) => cell(product, delimiter));

/** What a row can say; `images` are for JSON. */
type Field = Exclude<keyof z.infer<typeof productRecord>, 'images'>;

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
  fromCells: ({ name, description, category, attributes, imageAlts, ...cells }, delimiter) => {
    const { sku, slug, imageUrl, status, stockCount, version, ...costs } = plain(cells);
    const texts = { name, slug, description, imageUrl, category: category?.trim(), status: status?.toLowerCase() };
    return readCells(texts, productRecord, {
      sku: () => {
        // A row with a version is about a product that there is.
        if (sku !== undefined) refuseRemade(sku, version !== undefined);
        return sku;
      },
      price: () => readPrice(costs, delimiter),
      stockCount: () => fromDigits('stockCount', stockCount),
      attributes: () => parsePairs('attributes', attributes, '{"colour":"red"}'),
      imageAlts: () => parsePairs('imageAlts', imageAlts, '{"01KB0V5T3DN8Y0QJ6WZ1R4M9CE":"A red shoe"}'),
      version: () => fromDigits('version', version),
    } satisfies Record<Exclude<Field, keyof typeof texts>, unknown>);
  },
};

/** Without a price or an amount, what it costs stays as it is, but for the currency. */
function readPrice({ price, amount, ...costs }: Cells, delimiter: Delimiter) {
  const currency = costs['currency']?.toUpperCase();
  if (price === undefined) {
    const minorUnits = readRecord(z.object({ amount: z.optional(amountInMinorUnits) }), {
      amount: fromDigits('amount', amount),
    }).amount;
    return minorUnits === undefined && currency === undefined ? undefined : { amount: minorUnits, currency };
  }
  if (currency === undefined) throw new Rejection('currency: is needed beside a price: it says how many decimals');
  readRecord(z.object({ currency: currencyCode }), { currency });
  return { amount: toMinorUnits(price, currency, delimiter), currency };
}

function parsePairs(column: string, cell: string | undefined, example: string): unknown {
  if (cell === undefined) return undefined;
  try {
    return JSON.parse(cell);
  } catch {
    throw new Rejection(`${column}: must be a JSON object, such as ${example}`);
  }
}
