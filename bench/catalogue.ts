/** A small catalogue in an embedded database of its own, for handlers to be measured on. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { localCredentials, localRegion } from '../local/account';
import { dynamodbEngine } from '../local/database/engine';
import { freePort } from '../local/processes/ports';
import { startService, waitUntilReady } from '../local/processes/processes';
import { ensureTable } from '../local/database/table';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import { bundleFunction } from './bundle';

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
  const port = await place;
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
  const logFile = path.join(directory, 'database.log');
  const service = startService({ ...dynamodbEngine(port), cwd: directory, env: {}, logFile });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(service, endpoint, `The database did not start: ${logFile} says why.`);
  const environment = {
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    DYNAMODB_ENDPOINT: endpoint,
    // For handlers that know nothing but the SDK's own variables.
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    TABLE_NAME: 'bench',
    AUTHORIZER_TYPE: 'jwt',
    READS: 'members',
    GROUP_ROLE_PREFIX: 'admin-catalog-bench-eu-central-1',
    // It says of Node 20, once per process, that it is too old.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  await ensureTable(endpoint, environment.TABLE_NAME);
  Object.assign(process.env, environment, { LOG_LEVEL: 'SILENT' });
  return { environment, ...(await fill()), stop: () => service.stop() };
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

const handlerModule = z.object({ handler: z.custom<Endpoint>((value) => typeof value === 'function') });

const load = async (name: string) => handlerModule.parse(await import((await bundleFunction(name)).file)).handler;

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
