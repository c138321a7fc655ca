/** Growth: whether reads stay as fast as they are while the catalogue grows a thousandfold. */
import { copyFileSync } from 'node:fs';
import type { Endpoint } from '../src/http/endpoint';
import { call } from '../test/support/events';
import { bundleFunction } from './bundle';
import { median } from './comparison';
import { loadHandler, makeModels, type Models } from './models';
import { reads, type Read } from './reads';
import { rounds, type Bar, type Section } from './section';
import { startStock, type Stock } from './stock';

const sizes = [100, 10_000, 100_000] as const;
const callsPerRound = 10;

/** Of a call, in milliseconds: the time until its answer, and that of the processor, here and in the engine. */
interface Figures {
  wall: number;
  cpu: number;
}

/** What reading the same from each stock took, round by round. */
interface Result {
  read: Read;
  runs: Figures[][];
}

export async function growth(): Promise<Section> {
  const environment = { ...process.env };
  const stores: Store[] = [];
  try {
    const models = await makeModels();
    for (const size of sizes) stores.push(await openStore(models, size));
    const results: Result[] = reads(models).map((read) => ({ read, runs: [] }));
    for (let round = 0; round < rounds(50); round += 1) {
      for (const { read, runs } of results) runs.push(await measureInTurn(read, stores, round));
    }
    return { title: 'Growth', text, rows: [header, ...results.map(row)], bars: results.map(bar) };
  } finally {
    await Promise.all(stores.map(({ stock }) => stock.stop()));
    process.env = environment;
  }
}

interface Store {
  stock: Stock;
  handlers: ReadonlyMap<string, Endpoint>;
}

/** A stock, and the handlers that have it for their database: each a copy of the bundle, which reads its settings once. */
async function openStore(models: Models, size: number): Promise<Store> {
  const stock = await startStock(models, size);
  Object.assign(process.env, models.environment, { DYNAMODB_ENDPOINT: stock.endpoint });
  const handlers = new Map<string, Endpoint>();
  for (const name of new Set(reads(models).map(({ handler }) => handler))) {
    const { file } = await bundleFunction(name);
    const copy = `${file}.${size}.js`;
    copyFileSync(file, copy);
    handlers.set(name, await loadHandler(copy));
  }
  return { stock, handlers };
}

/** Measures a read on all stocks, beginning with another one each round; answers in the order of the stocks. */
async function measureInTurn(read: Read, stores: Store[], round: number): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (const turn of stores.keys()) {
    const index = (turn + round) % stores.length;
    const store = stores[index];
    if (store) figures[index] = await measure(read, store, round * callsPerRound);
  }
  return figures;
}

/** Throws where an answer is not what is to be measured. */
async function measure(
  { handler, request, answer }: Read,
  { stock, handlers }: Store,
  first: number,
): Promise<Figures> {
  const endpoint = handlers.get(handler);
  if (!endpoint) throw new Error(`There is no ${handler}`);
  answer.parse((await call(endpoint, request(stock, first))).body);

  const [cpu, started] = [cpuOf(stock), performance.now()];
  for (let number = 1; number <= callsPerRound; number += 1) await call(endpoint, request(stock, first + number));
  const wall = performance.now() - started;
  return { wall: wall / callsPerRound, cpu: (cpuOf(stock) - cpu) / callsPerRound };
}

function cpuOf({ engineCpu }: Stock): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + engineCpu();
}

const text = `The same reads by the deployed bundles, on catalogues of 100, 10,000 and 100,000 products: copies of what the deployed
\`create-product\` has written, a third of them in each status and all in one category. Each catalogue has an engine of its own,
on disk as \`npm start\` has it. Pages have 25 items, the last ones too. A ratio is the median of the ratios in ${rounds(50)} rounds, each of
${callsPerRound} calls per catalogue; **CPU** is what handler and engine take together.`;

const [smallest, , largest] = sizes;
const against = (size: number) => `${size.toLocaleString('en')} / ${smallest}`;
const header = [
  'Read',
  `at ${smallest}`,
  ...sizes.slice(1).flatMap((size) => [against(size), `CPU, ${against(size)}`]),
];

function row({ read, runs }: Result): string[] {
  const wall = median(runs.map(([first]) => first?.wall ?? NaN));
  const others = [...sizes.keys()].slice(1);
  const ratios = others.flatMap((index) => [ratio(runs, index, 'wall'), ratio(runs, index, 'cpu')]);
  return [read.what, `${wall.toFixed(2)} ms`, ...ratios.map((value) => value.toFixed(2))];
}

/** As against the smallest catalogue, in the same round. */
const ratio = (runs: Figures[][], index: number, figure: keyof Figures) =>
  median(runs.map((run) => (run[index]?.[figure] ?? NaN) / (run[0]?.[figure] ?? NaN)));

const bar = ({ read, runs }: Result): Bar => ({
  what: `${read.what}, ${against(largest)} products`,
  bar: 1.2,
  stretch: 1.1,
  measured: ratio(runs, sizes.indexOf(largest), 'wall'),
});
