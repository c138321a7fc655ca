/** Growth: whether reads stay as fast as they are while the catalogue grows a thousandfold. */
import { call } from '../test/support/events';
import { median } from './quantiles';
import type { Models } from './models';
import { readers, reads, type Read } from './reads';
import { isTrial, rounds, type Bar, type Part } from './section';
import type { Stock } from './stock';
import { withStores, type Store } from './stores';

const callsPerRound = 10;
const roundCount = rounds(40);

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

const stocks = isTrial ? [100, 1_000] : [100, 10_000, 100_000];

export const growth = async (): Promise<Part[]> => [await withStores(stocks, readers, measureReads)];

/** Every read from every one of the stores, held against the first, which is the smallest. */
export async function measureReads(stores: Store[], models: Models): Promise<Part> {
  const results: Result[] = reads(models).map((read) => ({ read, runs: [] }));
  for (let round = 0; round < roundCount; round += 1) {
    for (const { read, runs } of results) runs.push(await measureInTurn(read, stores, round));
  }
  const sizes = stores.map(({ size }) => size);
  const rows = [header(sizes), ...results.map((result) => row(result, sizes))];
  return { text: text(sizes), rows, bars: results.map((result) => bar(result, sizes)) };
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

const numeral = (size: number) => size.toLocaleString('en');

const text = (sizes: number[]) =>
  `The same reads by the deployed bundles, on catalogues of ${sizes.slice(0, -1).map(numeral).join(', ')} and ${numeral(sizes.at(-1) ?? 0)} products: copies of what the deployed
\`create-product\` has written, a third of them in each status and all in one category. Each catalogue has an engine of its own,
on disk as \`npm start\` has it. Pages have 25 items, the last ones too. A ratio is the median of the ratios in ${roundCount} rounds, each of
${callsPerRound} calls per catalogue; **CPU** is what handler and engine take together.`;

const against = (size: number, [smallest = 0]: number[]) => `${numeral(size)} / ${smallest}`;

const header = (sizes: number[]): string[] => [
  'Read',
  `at ${sizes[0] ?? 0}`,
  ...sizes.slice(1).flatMap((size) => [against(size, sizes), `CPU, ${against(size, sizes)}`]),
];

function row({ read, runs }: Result, sizes: number[]): string[] {
  const wall = median(runs.map(([first]) => first?.wall ?? NaN));
  const others = [...sizes.keys()].slice(1);
  const ratios = others.flatMap((index) => [ratio(runs, index, 'wall'), ratio(runs, index, 'cpu')]);
  return [read.what, `${wall.toFixed(2)} ms`, ...ratios.map((value) => value.toFixed(2))];
}

/** As against the smallest catalogue, in the same round. */
const ratio = (runs: Figures[][], index: number, figure: keyof Figures) =>
  median(runs.map((run) => (run[index]?.[figure] ?? NaN) / (run[0]?.[figure] ?? NaN)));

const bar = ({ read, runs }: Result, sizes: number[]): Bar => ({
  what: `${read.what}, ${against(sizes.at(-1) ?? 0, sizes)} products`,
  bar: 1.2,
  stretch: 1.1,
  measured: ratio(runs, sizes.length - 1, 'wall'),
});
