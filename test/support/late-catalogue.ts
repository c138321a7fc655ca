/** The handlers on a database whose indexes lag by up to two seconds, every entry by its own time, as they may on AWS. */
import { between } from '../../bench/aws-limits/latency';
import { startAwsLimits } from '../../bench/aws-limits/proxy';
import { inFlight } from './in-flight';
import { quickLatency } from './quick-latency';
import type { Product } from './representations';

export const statuses = ['active', 'draft', 'archived'] as const;
const atATime = 8;

/** Loads the handlers, which read where their database is as they are loaded: a test file must not import them by itself. */
export async function startLateCatalogue() {
  const { TEST_UNLIMITED_DATABASE: engine = '' } = process.env;
  const lag = between(0, 2_000);
  let held: Promise<unknown> = Promise.resolve();
  const limits = await startAwsLimits({
    engine,
    indexLag: (signal) => Promise.all([held, lag(signal)]),
    latency: quickLatency,
  });
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
  /** Lets nothing that is written from now on arrive in an index, until what it answers is called. */
  function holdIndexes(): () => void {
    let letGo = (): void => undefined;
    held = new Promise<void>((resolve) => (letGo = resolve));
    return () => {
      held = Promise.resolve();
      letGo();
    };
  }
  const patch = (id: string, body: object) => api.send('PATCH /products/{productId}', { id, body });
  const remove = (id: string) => api.send('DELETE /products/{productId}', { id });
  return { ...api, ...pages, ...table, limits, createProducts, holdIndexes, patch, remove };
}

export type LateCatalogue = Awaited<ReturnType<typeof startLateCatalogue>>;

/** Reads again and again until the change is done, of which the first reading sees the beginning; answers what each found. */
export async function readDuring<Reading>(
  change: () => Promise<unknown>,
  read: () => Promise<Reading>,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  const state = { over: false };
  const changing = change().finally(() => {
    state.over = true;
  });
  do readings.push(await read());
  while (!state.over);
  await changing;
  return readings;
}

export const idsOf = (products: { id: string }[]) => products.map(({ id }) => id);
