/** Catalogues of several sizes, each with deployed functions that have it for their database. */
import { copyFileSync } from 'node:fs';
import { printError } from '../deployment/terminal';
import type { Endpoint } from '../src/http/endpoint';
import { bundleFunction } from './bundle';
import { loadHandler } from './catalogue';
import { makeModels, type Models } from './models';
import { startStock, type Stock } from './stock';

export interface Store {
  size: number;
  stock: Stock;
  /** By the names of their functions. */
  handlers: ReadonlyMap<string, Endpoint>;
}

/** Runs `use` on catalogues of these sizes with these functions, and stops them afterwards. */
export async function withStores<Result>(
  sizes: readonly number[],
  functions: readonly string[],
  use: (stores: Store[], models: Models) => Promise<Result>,
): Promise<Result> {
  const stores: Store[] = [];
  try {
    const models = await makeModels();
    for (const size of sizes) {
      printError(`Fills a table with ${size.toLocaleString('en')} products …`);
      stores.push(await openStore(models, size, functions));
    }
    return await use(stores, models);
  } finally {
    await Promise.all(stores.map(({ stock }) => stock.stop()));
  }
}

/** Each function is a copy of its bundle, which reads its settings once. */
async function openStore(models: Models, size: number, functions: readonly string[]): Promise<Store> {
  const stock = await startStock(models, size);
  Object.assign(process.env, models.environment, { DYNAMODB_ENDPOINT: stock.endpoint });
  const handlers = new Map<string, Endpoint>();
  for (const name of functions) {
    const { file } = await bundleFunction(name);
    const copy = `${file}.${size}.js`;
    copyFileSync(file, copy);
    handlers.set(name, await loadHandler(copy));
  }
  return { size, stock, handlers };
}
