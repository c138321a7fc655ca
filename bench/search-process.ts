/** The deployed search function in a process of its own, over a catalogue: what its start, its answers and its memory come to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { printError } from '../deployment/terminal';
import { imagesBucket, startImageStore } from '../local/s3/image-store';
import type { Question } from '../src/search/question';
import { bundleFunction } from './bundle';
import { runWithMemory, type Ending } from './function-memory';
import type { Models } from './models';
import { rounds } from './section';
import type { Stock } from './stock';

/** Above this many, a snapshot is kept: see src/search/take-snapshot.ts. */
const mostFromTable = 20_000;
export const times = rounds(20);

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

type Taking = z.infer<typeof taking>;
export type Figures = z.infer<typeof figures>;

export interface Measured {
  size: number;
  /** What the first answer began with. */
  start: 'table' | 'snapshot';
  /** What Lambda would give the process, in MB; undefined where it may take what it wants. */
  memory?: number | undefined;
  figures: Figures | Ending;
  /** Of a snapshot: what taking it took, in the memory of its function. */
  taken?: Taking | Ending;
}

export interface SearchProcesses {
  /** A start from the table with the first of these memories, and of as many products as have a snapshot one from that with each; as they are measured. */
  measure(
    models: Models,
    stock: Stock,
    size: number,
    memories?: readonly (number | undefined)[],
  ): AsyncGenerator<Measured>;
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
    async *measure(models, stock, size, memories = [undefined]) {
      const environment = { ...process.env, ...models.environment, DYNAMODB_ENDPOINT: stock.endpoint };
      const ask = (memory: number | undefined, more: Record<string, string>) => {
        const args = ['--expose-gc', program, searcher.file, input, String(times)];
        return runWithMemory(memory, args, { ...environment, ...more }, figures);
      };
      const [least] = memories;
      printError(`  search of ${size} products, from the table …`);
      yield { size, start: 'table', memory: least, figures: await ask(least, {}) };
      if (size <= mostFromTable) return;
      printError(`  a snapshot of ${size} products …`);
      const taken = await runWithMemory(
        functionMemory,
        ['-e', takerProgram(taker.file)],
        { ...environment, ...snapshots },
        taking,
      );
      for (const memory of memories) {
        printError(`  search of ${size} products, from the snapshot, ${memory ?? 'all'} MB …`);
        // Without a snapshot it would start from the table.
        yield {
          size,
          start: 'snapshot',
          memory,
          figures: typeof taken === 'string' ? taken : await ask(memory, snapshots),
          taken,
        };
      }
    },
    async stop() {
      await store.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Takes a snapshot, and prints what that took. */
const takerProgram = (bundle: string) => `
  const started = performance.now();
  const print = (result) => console.log(JSON.stringify(result));
  require(${JSON.stringify(bundle)}).handler().then(
    () => print({ milliseconds: performance.now() - started, peak: process.resourceUsage().maxRSS / 1e3 }),
    (error) => {
      if (error.code !== 'busy') throw error;
      print({ busy: true });
    },
  );`;
