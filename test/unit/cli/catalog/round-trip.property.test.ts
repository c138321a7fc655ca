/** Whatever the API accepts comes back from a file as it went in, and no spreadsheet takes any of it for a formula. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as z from 'zod/mini';
import { categoryRecord } from '../../../../cli/catalog/files/category-record';
import { delimiters, type Delimiter } from '../../../../cli/catalog/files/cells';
import { exportCatalog } from '../../../../cli/catalog/export';
import { catalogFile } from '../../../../cli/catalog/files/file-name';
import { productRecord } from '../../../../cli/catalog/files/product-record';
import { startProgress } from '../../../../cli/catalog/progress';
import { readRecord } from '../../../../cli/catalog/rejection';
import { readRows } from '../../../../cli/catalog/files/rows';
import { routesOf, type Routes } from '../../../../deployment/routes';
import { anyCategories, anyProduct } from '../../../support/catalog-records';
import { rounds } from '../../../support/depth';

const runs = { numRuns: rounds(100) };
const directory = mkdtempSync(path.join(tmpdir(), 'catalog-round-trip-'));
const anyProducts = fc.uniqueArray(anyProduct, { selector: ({ sku }) => sku, maxLength: 8 });

/** The API with one page of each list. */
function listing(categories: object[], products: object[] = []): Routes {
  return routesOf('http://localhost', ({ url }) =>
    Promise.resolve(Response.json({ items: url.includes('/categories') ? categories : products })),
  );
}

const storedCategory = (slug: string) => ({ id: `id-of-${slug}`, version: 1, slug, name: slug });

async function exportTo(name: string, routes: Routes, delimiter?: Delimiter): Promise<string> {
  const file = catalogFile(path.join(directory, name), { delimiter });
  const progress = startProgress();
  await exportCatalog(file, routes, progress, new AbortController().signal);
  progress.end();
  return file.path;
}

async function importFrom<Output>(file: string, schema: z.ZodMiniType<Output>): Promise<Output[]> {
  const records: Output[] = [];
  for await (const { record, problem } of readRows(catalogFile(file))) {
    expect(problem).toBeUndefined();
    records.push(readRecord(schema, record));
  }
  return records;
}

const by = <Key extends string>(key: Key) => {
  return (a: Record<Key, string>, b: Record<Key, string>) => (a[key] < b[key] ? -1 : 1);
};

type Product = typeof anyProduct extends fc.Arbitrary<infer Value> ? Value : never;

function exportProducts(name: string, products: Product[], delimiter?: Delimiter): Promise<string> {
  const categories = [...new Set(products.map(({ category }) => category))].map(storedCategory);
  const stored = products.map(({ category, ...product }, number) => {
    return { id: `id-${number}`, categoryId: `id-of-${category}`, ...product };
  });
  return exportTo(name, listing(categories, stored), delimiter);
}

describe.each(['csv', 'json'])('a .%s file', (format) => {
  it('gives back every category as it was and where it was, by slug', async () => {
    await fc.assert(
      fc.asyncProperty(anyCategories, async (categories) => {
        const stored = categories.map((category) => ({
          ...storedCategory(category.slug),
          ...category,
          ...('parent' in category && { parentId: `id-of-${category.parent}` }),
        }));
        const file = await exportTo(`categories.${format}`, listing(stored));
        expect(await importFrom(file, categoryRecord)).toEqual(categories.sort(by('slug')));
      }),
      runs,
    );
  });

  it('is the same file whatever order products and attributes are answered in', async () => {
    await fc.assert(
      fc.asyncProperty(anyProducts, async (products) => {
        const otherwise = products.toReversed().map(({ attributes, ...product }) => ({
          ...(attributes && { attributes: Object.fromEntries(Object.entries(attributes).reverse()) }),
          ...product,
        }));
        const files = [
          await exportProducts(`products-a.${format}`, products),
          await exportProducts(`products-b.${format}`, otherwise),
        ];
        const [a, b] = files.map((file) => readFileSync(file, 'utf8'));
        expect(a).toBe(b);
      }),
      runs,
    );
  });
});

it('a .json file gives back every product as it was, by SKU', async () => {
  await fc.assert(
    fc.asyncProperty(anyProducts, async (products) => {
      const file = await exportProducts('products.json', products);
      expect(await importFrom(file, productRecord)).toEqual(products.sort(by('sku')));
    }),
    runs,
  );
});

it.each([',', ';'] as const)(
  'a .csv file separated by %j gives back every product as it was, by SKU, and no cell of it is a formula to a spreadsheet, whatever that splits it at',
  async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(anyProducts, async (products) => {
        const file = await exportProducts('products.csv', products, delimiter);
        expect(await importFrom(file, productRecord)).toEqual(products.sort(by('sku')));
        const text = readFileSync(file, 'utf8');
        for (const other of delimiters) {
          const options = { delimiter: other, bom: true, relax_quotes: true, relax_column_count: true };
          // As a spreadsheet reads its quotes; and with no heed to them, which begins a cell wherever any reading could.
          const quoted: string[][] = other === delimiter ? parse(text, options) : [];
          const split = text.replace('\ufeff', '').split(new RegExp(`[\\r\\n${other}]`));
          const cells = [...quoted.flat(), ...split, ...split.map((cell) => cell.replace(/^"+/, ''))];
          expect(cells.filter((cell) => /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/.test(cell))).toEqual([]);
        }
      }),
      runs,
    );
  },
);

it('leaves nothing but the file', () => {
  expect(
    readdirSync(directory).filter((name) => !/^(?:products|categories)(?:-[ab])?\.(?:csv|json)$/.test(name)),
  ).toEqual([]);
});
