/** The deployed search function in a process of its own, over a catalogue: what its start, its answers and its memory come to. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { imagesBucket, startImageStore } from '../local/s3/image-store';
import type { Question } from '../src/search/question';
import { bundleFunction } from './bundle';
import type { Models } from './models';
import { rounds } from './section';
import type { Stock } from './stock';

/** Above this many, a snapshot is kept: see src/search/take-snapshot.ts. */
const mostFromTable = 20_000;
export const times = rounds(20);
/** Reading a million products takes minutes. */
const longest = 900_000;

export const questions: Question[] = [
  { q: 'red', sort: 'relevance', limit: 25 },
  { q: 're', sort: '-price', status: 'active', limit: 25 },
  { q: 'red shoe', sort: 'name', limit: 25 },
  { q: '0000042', sort: 'relevance', limit: 25 },
  { q: 'sku-000001', sort: 'updatedAt', limit: 100 },
  { q: 'nothing', sort: 'relevance', limit: 25 },
  { sort: '-createdAt', limit: 25 },
  { sort: 'name', status: 'active', limit: 100 },
];

/** What serverless.yml gives the search function, and the one that takes its snapshots, in MB. */
export const functionMemory = 1_769;

const taking = z.object({ milliseconds: z.number(), peak: z.number() });

const figures = z.object({ cold: z.number(), took: z.array(z.array(z.number())), held: z.number(), peak: z.number() });
export type Figures = z.infer<typeof figures>;

export interface Measured {
  size: number;
  /** What the first answer began with. */
  start: 'table' | 'snapshot';
  /** What Lambda would give the process, in MB; undefined where it may take what it wants. */
  memory?: number | undefined;
  /** Undefined where it ended without an answer. */
  figures: Figures | undefined;
  /** Of a snapshot: what taking it took; undefined where it could not be done in the memory of its function. */
  taken?: z.infer<typeof taking> | undefined;
}

export interface SearchProcesses {
  /** A start from the table and, of as many products as have a snapshot, one from that, with each of these memories. */
  measure(models: Models, stock: Stock, size: number, memories?: (number | undefined)[]): Promise<Measured[]>;
  stop(): Promise<void>;
}

/** Bundles the functions, and starts the local S3 for their snapshots. */
export async function startSearchProcesses(): Promise<SearchProcesses> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
  const store = await startImageStore({ directory, port: 0, origins: [], onCreated: () => Promise.resolve() });
  const { accessKeyId, secretAccessKey, sessionToken } = store.credentials;
  const snapshots = {
    ...{ SEARCH_SNAPSHOTS: imagesBucket, AWS_ENDPOINT_URL_S3: store.url },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
  };
  const searcher = await bundleFunction('search-products');
  const taker = await bundleFunction('take-search-snapshot');
  const input = path.join(directory, 'questions.json');
  writeFileSync(input, JSON.stringify(questions));
  const program = path.join(__dirname, 'process', 'search.js');
  return {
    async measure(models, stock, size, memories = [undefined]) {
      const environment = { ...process.env, ...models.environment, DYNAMODB_ENDPOINT: stock.endpoint };
      const run = async (args: string[], more = {}): Promise<string> => {
        const options = { env: { ...environment, ...more }, timeout: longest, maxBuffer: 1e8 };
        return (await promisify(execFile)(process.execPath, args, options)).stdout;
      };
      const measured: Measured[] = [];
      const start = async (from: Measured['start'], more = {}, taken?: Measured['taken']) => {
        for (const memory of memories) {
          console.error(`  search of ${size} products, from the ${from}, ${memory ?? 'all'} MB …`);
          const args = [...limits(memory), '--expose-gc', program, searcher.file, input, String(times)];
          const printed = await run(args, more).catch((error: unknown) => ending(error));
          const found = printed === undefined ? undefined : readFigures(printed);
          measured.push({ size, start: from, memory, figures: found, taken });
        }
      };
      await start('table');
      if (size > mostFromTable) {
        console.error(`  a snapshot of ${size} products …`);
        const take = (memory?: number) => run([...limits(memory), '-e', takerProgram(taker.file)], snapshots);
        const printed = await take(functionMemory).catch((error: unknown) => ending(error));
        if (printed === undefined) await take();
        await start('snapshot', snapshots, printed === undefined ? undefined : taking.parse(lastLine(printed)));
      }
      return measured;
    },
    async stop() {
      await store.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** As Lambda's own start of Node has shared out the memory of a function: nine tenths for what is old. */
const limits = (memory: number | undefined) =>
  memory === undefined
    ? ['--max-old-space-size=8192']
    : [`--max-semi-space-size=${Math.floor(memory / 20)}`, `--max-old-space-size=${Math.floor((memory * 9) / 10)}`];

/** A process that has run out of memory ends by a signal. Throws any other error. */
function ending(error: unknown): undefined {
  if (error instanceof Error && 'signal' in error && error.signal === 'SIGABRT') return undefined;
  throw error;
}

const lastLine = (printed: string): unknown => JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
const readFigures = (printed: string) => figures.parse(lastLine(printed));

/** Takes a snapshot, and prints what that took. */
const takerProgram = (bundle: string) => `
  const started = performance.now();
  require(${JSON.stringify(bundle)}).handler().then(() => {
    const milliseconds = performance.now() - started;
    console.log(JSON.stringify({ milliseconds, peak: process.resourceUsage().maxRSS / 1e3 }));
  });`;
