/** A small catalogue in an embedded database of its own, for handlers to be measured on. */
import * as z from 'zod/mini';
import { freePort } from '../local/processes/ports';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import { bundleFunction } from './bundle';
import { startDatabase } from './database';
import { handlerModule } from './lambda-environments';

export interface Catalogue {
  /** The variables that a handler finds its way by, as Lambda and serverless.yml set them. */
  environment: Record<string, string>;
  categories: string[];
  products: string[];
  stop(): Promise<void>;
}

// More than a page of products, and enough of both that sixteen calls at a time do not meet.
const size = 64;

// Handlers read their settings once, when they are loaded: every database of a run is at the same place.
const place = freePort();

/** Starts an engine in memory and fills it through the deployed handlers. It slows down over many transactions. */
export async function startCatalogue(): Promise<Catalogue> {
  const { environment, ...database } = await startDatabase(await place);
  Object.assign(process.env, environment, { LOG_LEVEL: 'SILENT' });
  return { environment, ...(await fill()), stop: () => database.stop() };
}

const created = z.object({ id: z.string() });

async function fill() {
  const createCategory = await load('create-category');
  const createProduct = await load('create-product');
  const categories: string[] = [];
  const products: string[] = [];
  for (let number = 0; number < size; number += 1) {
    const category = await call(createCategory, { routeKey: 'POST /categories', body: { name: `Category ${number}` } });
    const { id } = created.parse(category.body);
    const product = await call(createProduct, {
      routeKey: 'POST /products',
      body: productFields(`SEED-${number}`, id),
    });
    categories.push(id);
    products.push(created.parse(product.body).id);
  }
  return { categories, products };
}

const load = async (name: string) => loadHandler((await bundleFunction(name)).file);

/** The handler that is in a bundle, with the settings that the environment has now. */
export const loadHandler = async (file: string): Promise<Endpoint> => handlerModule.parse(await import(file)).handler;

/** A product of middling size. */
export const productFields = (sku: string, categoryId: string) => ({
  sku,
  name: `Red shoe ${sku}`,
  description: 'A shoe that is red on both sides, laced, and made to be worn in any weather.',
  price: { amount: 4900, currency: 'EUR' },
  stockCount: 12,
  categoryId,
  imageUrl: 'https://shop.example.com/images/red-shoe.jpg',
  attributes: { colour: 'red', size: '42', material: 'leather' },
});
