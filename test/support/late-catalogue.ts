/** The handlers on a database whose indexes lag by up to two seconds, every entry by its own time, as they may on AWS. */
import { startAwsLimits } from '../../bench/aws-limits/proxy';
import { inFlight } from './in-flight';
import type { Product } from './representations';

export const statuses = ['active', 'draft', 'archived'] as const;
const atATime = 8;

/** Loads the handlers, which read where their database is as they are loaded: a test file must not import them by itself. */
export async function startLateCatalogue() {
  const { TEST_UNLIMITED_DATABASE: engine = '' } = process.env;
  const latency = { transaction: [2, 4], other: [0, 1] } as const;
  const limits = await startAwsLimits({ engine, indexLag: 2_000, latency });
  process.env['DYNAMODB_ENDPOINT'] = limits.endpoint;
  const api = await import('./catalog');
  const pages = await import('./pages');
  const table = await import('./table-contents');

  /** Creates so many products, of each status in turn, and answers them newest first. */
  async function createProducts(categoryId: string, count: number): Promise<Product[]> {
    const numbers = [...Array(count).keys()];
    const created = await inFlight(numbers, atATime, (number) =>
      api.createProduct(categoryId, { status: statuses[number % 3] }),
    );
    return created.sort((a, b) => (a.id < b.id ? 1 : -1));
  }
  const patch = (id: string, body: object) => api.send('PATCH /products/{productId}', { id, body });
  const remove = (id: string) => api.send('DELETE /products/{productId}', { id });
  return { ...api, ...pages, ...table, limits, createProducts, patch, remove };
}

export type LateCatalogue = Awaited<ReturnType<typeof startLateCatalogue>>;

/** Reads again and again until the change is done; answers what each reading found. */
export async function readDuring<Reading>(
  change: () => Promise<unknown>,
  read: () => Promise<Reading>,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  const state = { over: false };
  const changing = change().finally(() => {
    state.over = true;
  });
  while (!state.over) readings.push(await read());
  await changing;
  return readings;
}

export const idsOf = (products: { id: string }[]) => products.map(({ id }) => id);
