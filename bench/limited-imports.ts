/** Imports within the limits of AWS, into one category and into fifty: from the command's own code, to deployed functions without HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newCatalogue, type Catalogue } from '../cli/catalog/api/catalogue';
import { catalogFile, type CatalogFile } from '../cli/catalog/files/file-name';
import { readRows } from '../cli/catalog/files/rows';
import { importRows } from '../cli/catalog/import';
import { productImporter } from '../cli/catalog/product-importer';
import { freePort } from '../local/processes/ports';
import { call } from '../test/support/events';
import { handlersAsFetch } from '../test/support/handlers-as-routes';
import { startAwsLimits, type AwsLimits } from './aws-limits/proxy';
import { median } from './quantiles';
import { createCategories } from './contended-creates';
import { startDatabase } from './database';
import { startEnvironments } from './lambda-environments';
import { writeProductFile } from './product-file';
import { isTrial, rounds, type Part } from './section';

const products = isTrial ? 200 : 2_000;
const inFlight = 4;
const categoryCounts = [1, 50];

interface Measured {
  perSecond: number;
  /** For each product, cancelled transactions included. */
  tableUnits: number;
  indexUnits: number;
}

export async function limitedImports(): Promise<Part> {
  const database = await startDatabase(await freePort());
  const limits = await startAwsLimits({ engine: database.endpoint });
  const folder = mkdtempSync(path.join(tmpdir(), 'catalog-import-'));
  try {
    Object.assign(process.env, database.environment, { DYNAMODB_ENDPOINT: limits.endpoint, LOG_LEVEL: 'SILENT' });
    const catalogue = await startCatalogue();
    await createCategories(Math.max(...categoryCounts));
    const kinds = categoryCounts.map((count) => ({ count, runs: new Array<Measured>() }));
    for (let round = 0; round < rounds(3); round += 1) {
      for (const { count, runs } of kinds) {
        const file = path.join(folder, 'products.csv');
        const categories = Array.from({ length: count }, (_, number) => `category-${number}`);
        writeProductFile(file, { count: products, prefix: `LIMITED-${count}-${round}`, categories });
        runs.push(await measure(catalogFile(file), catalogue, limits));
      }
    }
    return show(kinds.map(({ runs }) => runs));
  } finally {
    rmSync(folder, { recursive: true });
    await limits.stop();
    await database.stop();
  }
}

/** The API as the command calls it, each bulk request by an environment that is free, as in Lambda. */
async function startCatalogue(): Promise<Catalogue> {
  const bulk = await startEnvironments('bulk-write-products', inFlight);
  const [listProducts] = await startEnvironments('list-all-products', 1);
  const [listCategories] = await startEnvironments('list-categories', 1);
  const readers = new Map([
    ['GET /admin/products', listProducts],
    ['GET /categories', listCategories],
  ]);
  const fetch = handlersAsFetch(async (request) => {
    const isBulk = request.routeKey === 'POST /admin/products/bulk';
    const handler = isBulk ? bulk.pop() : readers.get(request.routeKey);
    if (!handler) throw new Error(`An import calls no ${request.routeKey}, or too many at once`);
    try {
      return await call(handler, request);
    } finally {
      if (isBulk) bulk.push(handler);
    }
  });
  return newCatalogue('http://localhost', fetch);
}

/** Throws where a row is not created. */
async function measure(file: CatalogFile, catalogue: Catalogue, limits: AwsLimits): Promise<Measured> {
  const [before, started] = [limits.counts(), performance.now()];
  const importer = await productImporter(catalogue, { dryRun: false });
  const options = { concurrency: inFlight, signal: new AbortController().signal };
  for await (const result of importRows(() => readRows(file), importer, options)) {
    if (result.action !== 'created') throw new Error(`A row was not created: ${JSON.stringify(result)}`);
  }
  const seconds = (performance.now() - started) / 1000;
  const after = limits.counts();
  return {
    perSecond: products / seconds,
    tableUnits: (after.tableUnits - before.tableUnits) / products,
    indexUnits: (after.indexUnits - before.indexUnits) / products,
  };
}

const text = `The same code, sending to environments of the deployed functions behind \`bench/aws-limits\`: ${products.toLocaleString('en')} new products in each of ${rounds(3)}
rounds, into one category and into fifty in turn. Cancelled transactions are in the units, too.`;

const header = ['categories', 'rows a second', 'write units per product, table', 'write units per product, indexes'];

function show([one = [], fifty = []]: Measured[][]): Part {
  const middle = (runs: Measured[], figure: keyof Measured) => median(runs.map((run) => run[figure]));
  const rows = [one, fifty].map((runs, place) => [
    ...[String(categoryCounts[place]), middle(runs, 'perSecond').toFixed(0)],
    ...[middle(runs, 'tableUnits').toFixed(2), middle(runs, 'indexUnits').toFixed(2)],
  ]);
  const ratio = middle(one, 'perSecond') / middle(fifty, 'perSecond');
  return {
    ...{ text, rows: [header, ...rows] },
    bars: [
      { what: 'rows a second imported, one category / 50', bar: 0.5, atLeast: true, measured: ratio },
      { what: 'write units per imported product, table', bar: 8.5, measured: middle(one, 'tableUnits') },
      {
        ...{ what: 'write units per imported product, indexes', bar: 4, measured: middle(one, 'indexUnits') },
        reason: indexReason,
      },
    ],
  };
}

const indexReason =
  'a product that comes is in five lists: of its status, of its category and status, of all products, of all of its category, and, by ' +
  'the entry of its history, of all changes ([decision 0015](decisions/0015-changes.md)). The bar is from before there was the last.';
