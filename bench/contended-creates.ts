/** Creates by many writers at once, within the limits of AWS: how many there are a second, and what each of them takes. */
import * as z from 'zod/mini';
import type { Endpoint } from '../src/http/endpoint';
import { call, type FakeRequest } from '../test/support/events';
import type { AwsLimits } from './aws-limits/proxy';
import type { Counts } from './aws-limits/counts';
import { median, quantile } from './quantiles';
import { startEnvironments } from './lambda-environments';
import { rounds } from './section';

/** What the creates of all rounds came to. */
export interface Contended {
  /** Successful creates, in the median of the rounds. */
  perSecond: number;
  /** The time to an answer that so many hundredths of all creates did not exceed, in milliseconds. */
  percentile: (hundredths: number) => number;
  /** How many got a 503. */
  unavailable: number;
  /** What a successful create took on average, what failed included. */
  perCreate: Pick<Counts, 'transactions' | 'tableUnits' | 'indexUnits'>;
}

interface Round {
  creates: { status: number; milliseconds: number }[];
  seconds: number;
  before: Counts;
  after: Counts;
}

/**
 * Has a function answer so many requests of each kind, each by whichever of the writers' environments is free. The kinds take turns,
 * round by round, after calls of the last one that do not count: what else the machine does meets all of them.
 */
export async function contend(
  { name, writers, creates }: { name: string; writers: number; creates: number },
  kinds: readonly ((number: number) => FakeRequest)[],
  limits: AwsLimits,
): Promise<Contended[]> {
  const handlers = await startEnvironments(name, writers);
  const requests = (kind: (number: number) => FakeRequest, count: number) =>
    Array.from({ length: count }, (_, number) => kind(number));
  // What the first call of an environment takes, other sections tell.
  const last = kinds.at(-1);
  if (last) await send(handlers, requests(last, writers));
  const measured = kinds.map((kind) => ({ kind, runs: new Array<Round>() }));
  for (let round = 0; round < rounds(3); round += 1) {
    for (const { kind, runs } of measured) {
      const waiting = requests(kind, creates);
      const [before, started] = [limits.counts(), performance.now()];
      const done = await send(handlers, waiting);
      const seconds = (performance.now() - started) / 1000;
      runs.push({ creates: done, seconds, before, after: limits.counts() });
    }
  }
  return measured.map(({ runs }) => sumUp(runs));
}

async function send(handlers: Endpoint[], requests: FakeRequest[]): Promise<Round['creates']> {
  const waiting = requests.values();
  const done: Round['creates'] = [];
  const write = async (handler: Endpoint) => {
    for (const request of waiting) {
      const started = performance.now();
      const { status } = await call(handler, request);
      done.push({ status, milliseconds: performance.now() - started });
    }
  };
  await Promise.all(handlers.map(write));
  return done;
}

function sumUp(runs: Round[]): Contended {
  const all = runs.flatMap((run) => run.creates);
  const times = all.map(({ milliseconds }) => milliseconds);
  const having = (done: Round['creates'], status: number) => done.filter((one) => one.status === status).length;
  const perCreate = (figure: keyof Counts) =>
    runs.reduce((sum, { before, after }) => sum + after[figure] - before[figure], 0) / having(all, 201);
  return {
    perSecond: median(runs.map((run) => having(run.creates, 201) / run.seconds)),
    percentile: (hundredths) => quantile(times, hundredths / 100),
    unavailable: having(all, 503),
    perCreate: {
      transactions: perCreate('transactions'),
      tableUnits: perCreate('tableUnits'),
      indexUnits: perCreate('indexUnits'),
    },
  };
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
