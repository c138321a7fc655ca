/** Contention in the tree: how many categories a second many writers create below one parent, and at the top, within the limits of AWS. */
import { freePort } from '../local/processes/ports';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import type { Counts } from './aws-limits/counts';
import { startAwsLimits, type AwsLimits } from './aws-limits/proxy';
import { median } from './comparison';
import { createCategories } from './contended-creates';
import { startDatabase } from './database';
import { startEnvironments } from './lambda-environments';
import { isTrial, rounds, type Section } from './section';

const writerCounts = [1, 8, 16];
const creates = isTrial ? 16 : 48;

export async function siblings(): Promise<Section> {
  const environment = { ...process.env };
  const database = await startDatabase(await freePort());
  const limits = await startAwsLimits({ engine: database.endpoint });
  try {
    Object.assign(process.env, database.environment, { DYNAMODB_ENDPOINT: limits.endpoint, LOG_LEVEL: 'SILENT' });
    const rows: string[][] = [];
    for (const writers of writerCounts) rows.push(...(await measure(writers, limits)));
    return { title: 'Contention below one category', text, rows: [header, ...rows] };
  } finally {
    await limits.stop();
    await database.stop();
    process.env = environment;
  }
}

const text = `Categories created by the deployed \`create-category\` below one parent and at the top, in turn, as for [Contention](#contention): ${creates}
in each of ${rounds(3)} rounds. Each writes 66 items, which is what they wait for here; below a parent, that is read first, and two of its items are
written, a count and a place ([decision 0016](decisions/0016-category-tree.md)). A **try** is a transaction.`;

const header = ['writers', 'below', 'creates/s', 'p50', 'p99', 'tries per create', '503s'];

interface Round {
  seconds: number;
  done: { status: number; milliseconds: number }[];
  transactions: number;
}

async function measure(writers: number, limits: AwsLimits): Promise<string[][]> {
  const [parentId] = await createCategories(1);
  const handlers = await startEnvironments('create-category', writers);
  await create(handlers, writers, parentId);
  const places = [{ parentId }, { parentId: undefined }].map((place) => ({ ...place, runs: new Array<Round>() }));
  for (let round = 0; round < rounds(3); round += 1) {
    for (const { parentId, runs } of places) {
      const [before, started]: [Counts, number] = [limits.counts(), performance.now()];
      const done = await create(handlers, creates, parentId);
      const seconds = (performance.now() - started) / 1000;
      runs.push({ seconds, done, transactions: limits.counts().transactions - before.transactions });
    }
  }
  return places.map(({ parentId, runs }) => [String(writers), parentId === undefined ? 'none' : 'one', ...sumUp(runs)]);
}

function sumUp(runs: Round[]): string[] {
  const all = runs.flatMap(({ done }) => done);
  const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const having = (done: Round['done'], status: number) => done.filter((one) => one.status === status).length;
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  const transactions = runs.reduce((sum, run) => sum + run.transactions, 0);
  return [
    median(runs.map(({ done, seconds }) => having(done, 201) / seconds)).toFixed(0),
    ...[at(0.5), at(0.99)].map((value) => `${value.toFixed(0)} ms`),
    ...[(transactions / having(all, 201)).toFixed(2), String(having(all, 503))],
  ];
}

const names = (function* () {
  for (let number = 1; ; number += 1) yield `Sibling ${number}`;
})();

/** So many creates, by whichever handler is free. */
async function create(handlers: Endpoint[], count: number, parentId: string | undefined): Promise<Round['done']> {
  const waiting = Array.from({ length: count }, () => names.next().value).values();
  const done: Round['done'] = [];
  const write = async (handler: Endpoint) => {
    for (const name of waiting) {
      const started = performance.now();
      const body = { name, ...(parentId !== undefined && { parentId }) };
      const { status } = await call(handler, { routeKey: 'POST /categories', body });
      done.push({ status, milliseconds: performance.now() - started });
    }
  };
  await Promise.all(handlers.map(write));
  return done;
}
