/** Warm: how many calls a second a running handler answers, how fast, and what each costs in CPU. */
import * as z from 'zod/mini';
import { startCatalogue } from './catalogue';
import { compare, type Comparison } from './comparison';
import { runAsLambda } from './lambda-process';
import { rounds, type Bar, type Part } from './section';
import type { Subject } from './subjects';

const concurrencies = [1, 16];
const calls = rounds(500);
/** How many calls come before those that are measured: reads are so quick that the last of their code is compiled late. */
const warmUp = ({ bare }: Subject) => rounds(bare === 'bare-get' ? 4_000 : 1_000);

const results = z.array(z.object({ callsPerSecond: z.number(), p50: z.number(), cpu: z.number() }));

export async function warm(): Promise<Part[]> {
  const comparison = await compare(rounds(3), async (node, subject) => {
    const catalogue = await startCatalogue();
    try {
      const counts = [warmUp(subject), ...concurrencies.map(() => calls)];
      const phases = counts.map((count, phase) => subject.events(catalogue, count, phase * 10_000));
      const measured = await runAsLambda('warm-calls', node, subject, catalogue, phases, [1, ...concurrencies]);
      return Object.fromEntries(
        results.parse(measured).flatMap((figures, index) => {
          return Object.entries(figures).map(([name, value]) => [`${name} at ${String(concurrencies[index])}`, value]);
        }),
      );
    } finally {
      await catalogue.stop();
    }
  });
  return [{ text, rows: table(comparison), bars: bars(comparison) }];
}

const text = `A process that has answered 1,000 calls, or 4,000 where it gets a product by id, answers ${calls} more, one and then sixteen at
a time, on a database that has been started for it alone. **CPU** is what the handler's process took for each call. At sixteen at a
time the database is what they wait for. \`no log\` is the deployed bundle with \`LOG_LEVEL=SILENT\`, which no stage has.`;

const reason =
  'the bare ones do not look who calls, check no input, have no deadline and write no log. The rows without a log show what writing its ' +
  'line takes, which is done before the answer, since Lambda may freeze the process after it.';

function table(comparison: Comparison): string[][] {
  const header = [
    'Node',
    'handler',
    'at a time',
    'calls/s',
    '/ bare',
    '/ floor',
    'p50',
    '/ bare',
    'CPU',
    '/ bare',
    '/ floor',
  ];
  const rows = concurrencies.flatMap((concurrency) =>
    comparison.pairs.map((pair) => {
      const { node, subject } = pair;
      const median = (figure: string) => comparison.median(pair, `${figure} at ${concurrency}`);
      const ratio = (figure: string, baseline: string) =>
        comparison.ratio(pair, baseline, `${figure} at ${concurrency}`).toFixed(2);
      return [
        ...[node.version, subject.name, String(concurrency)],
        ...[
          median('callsPerSecond').toFixed(0),
          ratio('callsPerSecond', subject.bare),
          ratio('callsPerSecond', 'floor'),
        ],
        ...[`${median('p50').toFixed(2)} ms`, ratio('p50', subject.bare)],
        ...[`${median('cpu').toFixed(2)} ms`, ratio('cpu', subject.bare), ratio('cpu', 'floor')],
      ];
    }),
  );
  return [header, ...rows];
}

function bars(comparison: Comparison): Bar[] {
  return comparison.pairs.flatMap((pair): Bar[] => {
    const { node, subject } = pair;
    const what = (figure: string) => `${subject.name}, warm ${figure}, Node ${node.version}`;
    switch (subject.name) {
      case 'get-product': {
        const measured = comparison.ratio(pair, 'bare-get', 'cpu at 1');
        return [{ what: what('CPU per call / bare-get'), bar: 1.05, stretch: 1, measured, reason }];
      }
      case 'create-product': {
        const ratio = (figure: string) => comparison.ratio(pair, 'bare-create', figure);
        return [
          { what: what('CPU per call / bare-create'), bar: 1.1, stretch: 1.03, measured: ratio('cpu at 1'), reason },
          { what: what('p50 / bare-create'), bar: 1.1, stretch: 1.03, measured: ratio('p50 at 1'), reason },
        ];
      }
      default:
        return [];
    }
  });
}
