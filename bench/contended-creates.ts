/** Creates by many writers at once, in one category and in many. */
import * as z from 'zod/mini';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import type { AwsLimits } from './aws-limits/proxy';
import type { Counts } from './aws-limits/counts';
import { productFields } from './catalogue';
import { median } from './comparison';
import { startEnvironments } from './lambda-environments';
import { isTrial, rounds } from './section';

/** What so many writers came to in so many categories. */
export interface Contended {
  writers: number;
  categories: number;
  /** Successful creates, in the median of the rounds. */
  perSecond: number;
  /** The time to an answer that so many hundredths of all creates did not exceed, in milliseconds. */
  percentile: (hundredths: number) => number;
  /** How many got a 503. */
  unavailable: number;
  /** What a successful create took on average, what failed included. */
  perCreate: Pick<Counts, 'transactions' | 'tableUnits' | 'indexUnits'>;
}

/** So many creates in a round, but no more than these of each writer. */
const creates = isTrial ? { together: 64, each: 1 } : { together: 240, each: 20 };

interface Round {
  creates: { status: number; milliseconds: number }[];
  seconds: number;
  before: Counts;
  after: Counts;
}

/** Has so many writers create products in the first category and in all of them in turn: what else the machine does meets both. */
export async function contendedCreates(writers: number, categories: string[], limits: AwsLimits): Promise<Contended[]> {
  const handlers = await startEnvironments('create-product', writers);
  // What the first call of an environment takes, other sections tell.
  await create(handlers, writers, categories);
  const places = [categories.slice(0, 1), categories].map((ids) => ({ ids, runs: new Array<Round>() }));
  for (let round = 0; round < rounds(3); round += 1) {
    for (const { ids, runs } of places) {
      const [before, started] = [limits.counts(), performance.now()];
      const done = await create(handlers, Math.min(creates.together, creates.each * writers), ids);
      const seconds = (performance.now() - started) / 1000;
      runs.push({ creates: done, seconds, before, after: limits.counts() });
    }
  }
  return places.map(({ ids, runs }) => ({ writers, categories: ids.length, ...sumUp(runs) }));
}

function sumUp(runs: Round[]): Omit<Contended, 'writers' | 'categories'> {
  const all = runs.flatMap((run) => run.creates);
  const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const having = (done: Round['creates'], status: number) => done.filter((one) => one.status === status).length;
  const perCreate = (figure: keyof Counts) =>
    runs.reduce((sum, { before, after }) => sum + after[figure] - before[figure], 0) / having(all, 201);
  return {
    perSecond: median(runs.map((run) => having(run.creates, 201) / run.seconds)),
    percentile: (hundredths) => times[Math.min(times.length - 1, Math.floor((times.length * hundredths) / 100))] ?? NaN,
    unavailable: having(all, 503),
    perCreate: {
      transactions: perCreate('transactions'),
      tableUnits: perCreate('tableUnits'),
      indexUnits: perCreate('indexUnits'),
    },
  };
}

const skus = (function* () {
  for (let number = 1; ; number += 1) yield `SKU-${number}`;
})();

/** So many creates, over the categories in turn, by whichever handler is free. */
async function create(handlers: Endpoint[], count: number, categories: string[]): Promise<Round['creates']> {
  const waiting = Array.from({ length: count }, (_, number) => categories[number % categories.length] ?? '').values();
  const done: Round['creates'] = [];
  const write = async (handler: Endpoint) => {
    for (const categoryId of waiting) {
      const started = performance.now();
      const body = productFields(skus.next().value, categoryId);
      const { status } = await call(handler, { routeKey: 'POST /products', body });
      done.push({ status, milliseconds: performance.now() - started });
    }
  };
  await Promise.all(handlers.map(write));
  return done;
}

const created = z.object({ id: z.string() });

/** Creates so many categories and answers their ids. */
export async function createCategories(count: number): Promise<string[]> {
  const [createCategory] = await startEnvironments('create-category', 1);
  const ids: string[] = [];
  for (let number = 0; createCategory && number < count; number += 1) {
    const answer = await call(createCategory, { routeKey: 'POST /categories', body: { name: `Category ${number}` } });
    ids.push(created.parse(answer.body).id);
  }
  return ids;
}
