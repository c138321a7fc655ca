/** docs/limits.md follows from the units in docs/benchmarks.md and from AWS's limits: where a unit is added, its figures change. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

/** The rows of all tables of a page, by the text of their first cell. */
function rowsOf(page: string): Map<string, string[]> {
  const lines = readFileSync(path.join(projectRoot, 'docs', page), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  return new Map(rows.map(([name = '', ...cells]) => [name.trim(), cells.map((cell) => cell.trim())]));
}

const limits = rowsOf('limits.md');
const costs = rowsOf('benchmarks.md');

const cellsOf = (rows: Map<string, string[]>, name: string): string[] => {
  const cells = rows.get(name);
  if (!cells) throw new Error(`There is no row ${name}`);
  return cells;
};

/** Read units, write units of the table and of the indexes, as the benchmark has counted them. */
const cost = (operation: string) => cellsOf(costs, operation).slice(1).map(Number);

/** What the parts of a cell such as `2 its SKU, 2 its slug` come to. A part that begins with no number explains the one before. */
const sum = (cell: string) => cell.split(/[,;] /).reduce((total, part) => total + (Number.parseFloat(part) || 0), 0);

it.each([
  ['create, delete, restore a product', ['POST /products', 'DELETE /products/{productId}']],
  ['create, delete, restore a product', ['POST /admin/products/{productId}/restore']],
  ['change a product', ['PATCH /products/{productId}', 'PUT /products/{productId}']],
  ['change its status', ['PATCH /products/{productId}, another status']],
  ['create, delete a category', ['POST /categories', 'DELETE /categories/{categoryId}']],
  ['twenty products by bulk', ['POST /admin/products/bulk, twenty new ones of a category']],
])('docs/limits.md divides the write units that the benchmark counts: %s', (row, operations) => {
  const [table = '', indexes = ''] = cellsOf(limits, row);
  for (const operation of operations) expect([sum(table), sum(indexes)]).toEqual(cost(operation).slice(1));
});

it('docs/limits.md has the units of an Idempotency-Key', () => {
  const [keyed = NaN, plain = NaN] = ['POST /products, with an Idempotency-Key', 'POST /products'].map(
    (one) => cost(one)[1],
  );
  expect(sum(cellsOf(limits, 'with an `Idempotency-Key`')[0] ?? '')).toBe(keyed - plain);
});

const ofOneKey = { read: 3_000, write: 1_000 };
const ofNewTable = { read: 12_000, write: 4_000 };
const numeral = (value: number) => Math.floor(value).toLocaleString('en');

it.each([
  ['25 products of one status, or of a category and a status', 'GET /products'],
  ['25 products of all statuses, or of a category', 'GET /admin/products, of all statuses'],
  ['25 categories', 'GET /categories'],
  ['a product by id', 'GET /products/{productId}'],
  ['a product by SKU or slug', 'GET /products, by SKU'],
])('docs/limits.md divides the read units that the benchmark counts, and by AWS’s limits: %s', (row, operation) => {
  const [units = '', fromOneKey = '', fromNewTable = ''] = cellsOf(limits, row);
  const parts = units.split(', ').map((part) => {
    return Number.parseFloat(part) * (/of each (?:product|category)/.test(part) ? 25 : 1);
  });
  // Of each record that a page reads by its key, each has a key of its own.
  const perKey = units.split(', ').map((part) => Number.parseFloat(part));
  const inTable = units.includes('of the index') ? parts.slice(1) : parts;
  const total = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  expect(total(parts)).toBe(cost(operation)[0]);
  expect(fromOneKey.split(' ')[0]).toBe(numeral(ofOneKey.read / (perKey[0] ?? NaN)));
  // The table and each index take a new table's units apart.
  expect(fromNewTable.split(' ')[0]).toBe(numeral(ofNewTable.read / (total(inTable) || (parts[0] ?? NaN))));
});

it('docs/limits.md says no as soon as the units of an operation reach AWS’s limits', () => {
  const [, create = NaN] = cost('POST /products');
  const [, twenty = NaN] = cost('POST /admin/products/bulk, twenty new ones of a category');
  const [units = ''] = cellsOf(limits, 'create, delete, restore a product');
  const countUnits = Number(/(\d+) counts of its category/.exec(units)?.[1]);
  const at = [...limits.keys()].join('\n');
  expect(at).toContain(
    `${numeral(ofNewTable.write / create)} creates/s, ${numeral(ofNewTable.write / (twenty / 20))} products/s by bulk, or ` +
      `${numeral(ofNewTable.read / 25)} pages/s of products of all statuses`,
  );
  expect(at).toContain(`${numeral(ofOneKey.write / countUnits)} creates/s in a category`);
  expect(at).toContain(`\n${numeral(40_000 / create)} creates/s\n`);
});
