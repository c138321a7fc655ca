/** An export holds no more in memory for more products: here, less than the catalogue is large. */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../../../command/bundle';
import { projectRoot } from '../../../../deployment/service';
import { rounds } from '../../../support/depth';
import { newFolder } from '../../../support/temporary-file';

const pages = rounds(60);
const perPage = 100;

/** Exports from an API that makes its products up, page by page. */
const script = `
  const [module, file] = process.argv.slice(1);
  const written = {
    version: 1, createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'a', updatedAt: '2026-01-01T00:00:00.000Z', updatedBy: 'a',
  };
  const category = {
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', name: 'Shoes', slug: 'shoes', ...written,
  };
  const product = (number) => ({
    id: '01ARZ3NDEKTSV4RRFFQ69G5FAW', sku: 'SHOE-' + number, name: 'Shoe', slug: 'shoe-' + number,
    description: String(number).padStart(8, '0').repeat(600), attributes: Object.fromEntries([...'abcdefgh'].map((name) => [name, name.repeat(1000)])),
    price: { amount: number, currency: 'EUR' }, stockCount: 1, status: 'active', categoryId: category.id, ...written,
  });
  let page = 0;
  const listing = () => {
    const items = Array.from({ length: ${perPage} }, (_, index) => product(page * ${perPage} + index));
    page += 1;
    return page < ${pages} ? { items, nextToken: '01ARZ3NDEKTSV4RRFFQ69G5FAX' } : { items };
  };
  const routes = {
    GET: async (path) => ({ response: { status: 200 }, data: path === '/categories' ? { items: [category] } : listing() }),
  };
  const progress = { expect() {}, add() {} };
  require(module).exportCatalog({ path: file, kind: 'products', format: 'csv' }, routes, progress, new AbortController().signal);
`;

it(`exportCatalog writes ${pages * perPage} products of 13 kB with a heap of 32 MB, which could not hold them`, async () => {
  const file = path.join(newFolder(), 'products.csv');
  const flags = ['--max-old-space-size=32', '--eval', script];
  const [exporter = ''] = await bundle(['cli/catalog/export.ts']);
  await promisify(execFile)(process.execPath, [...flags, exporter, file], { cwd: projectRoot });
  let lines = 0;
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>)
    lines += chunk.split('\n').length - 1;
  expect(lines).toBe(pages * perPage + 1);
});
