/** Finds products of every status, by words, a filter or an order, and shows them as a table. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import * as z from 'zod/mini';
import type { Routes } from '../../deployment/routes';
import { runCommand } from '../../deployment/failure';
import { print } from '../../deployment/terminal';
import { textTable } from '../../deployment/text-table';
import { statuses, type ProductStatus } from '../../src/catalog/product-parameters';
import { sort, type Sort } from '../../src/search/question';
import { read } from './api/pages';
import { toMajorUnits } from './files/price';

interface SearchOptions {
  sort?: Sort;
  status?: ProductStatus;
  limit: number;
}

/** The command `search`; `connect` signs in. */
export function addSearch(program: Command, connect: () => Promise<Routes>): void {
  program
    .command('search [words...]')
    .description('shows products of every status whose name, SKU, slug or category has all these words')
    .addOption(new Option('--sort <order>', 'in which order; - in front for the other direction').choices(sort.options))
    .addOption(new Option('--status <status>', 'only products of this status').choices(statuses))
    .option('--limit <count>', 'how many at most, 1 to 100', toLimit, 25)
    .action((words: string[], options: SearchOptions) =>
      runCommand(async () => print(...(await searchProducts(await connect(), words, options)))),
    );
}

function toLimit(text: string): number {
  if (!/^(?:[1-9]\d?|100)$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 100.');
  return Number(text);
}

const page = z.object({
  items: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      price: z.object({ amount: z.int(), currency: z.string() }),
      stockCount: z.int(),
      status: z.string(),
    }),
  ),
  nextToken: z.optional(z.string()),
});

/** Lines to be printed. Throws `Rejection` with what the API says of words or options that it does not take. */
async function searchProducts(routes: Routes, words: string[], options: SearchOptions): Promise<string[]> {
  const { sort: order = words.length > 0 ? 'relevance' : 'name', ...filters } = options;
  const query = { ...filters, sort: order, ...(words.length > 0 && { q: words.join(' ') }) };
  const { items, nextToken } = await read(routes.GET('/admin/products', { params: { query } }), page);
  if (items.length === 0) return ['Nothing was found.'];
  const rows = items.map(({ sku, name, price, stockCount, status }) => [
    ...[sku, name, `${toMajorUnits(price.amount, price.currency)} ${price.currency}`, String(stockCount), status],
  ]);
  const table = textTable([['SKU', 'NAME', 'PRICE', 'STOCK', 'STATUS'], ...rows]);
  return nextToken === undefined ? table : [...table, '', 'There are more: say more words, or raise --limit.'];
}
