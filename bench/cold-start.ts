/** Cold start: a fresh process loads a bundle and answers its first call. */
import * as z from 'zod/mini';
import { startCatalogue } from './catalogue';
import { compare, type Comparison } from './comparison';
import { runAsLambda } from './lambda-process';
import { rounds, type Bar, type Part } from './section';

const result = z.object({ wall: z.number(), init: z.number(), cpu: z.number() });

export async function coldStart(): Promise<Part[]> {
  const catalogue = await startCatalogue();
  try {
    let number = 0;
    const comparison = await compare(rounds(21), async (node, subject) => {
      // Every call has a number of its own: two cannot create the same product.
      number += 1;
      const [event] = subject.events(catalogue, 1, number);
      return result.parse(await runAsLambda('first-call', node, subject, catalogue, event));
    });
    return [{ text, rows: table(comparison), bars: bars(comparison) }];
  } finally {
    await catalogue.stop();
  }
}

const text = `A fresh process loads the bundle, as deployed, and answers its first call. **Wall** is the time from the start of the process
to the answer, the start of Node included; **init** is the loading of the bundle; **CPU** is what the whole process took. The
authorizer fetches the keys of its pool in its first call.`;

function table(comparison: Comparison): string[][] {
  const header = ['Node', 'handler', 'kB', 'wall', '/ bare', '/ floor', 'init', '/ bare', 'CPU', '/ bare', '/ floor'];
  const rows = comparison.pairs.map((pair) => {
    const { node, subject } = pair;
    const milliseconds = (figure: string) => `${comparison.median(pair, figure).toFixed(1)} ms`;
    const ratio = (figure: string, baseline: string) => comparison.ratio(pair, baseline, figure).toFixed(2);
    return [
      node.version,
      subject.name,
      (subject.bundle.bytes / 1000).toFixed(0),
      ...[milliseconds('wall'), ratio('wall', subject.bare), ratio('wall', 'floor')],
      ...[milliseconds('init'), ratio('init', subject.bare)],
      ...[milliseconds('cpu'), ratio('cpu', subject.bare), ratio('cpu', 'floor')],
    ];
  });
  return [header, ...rows];
}

function bars(comparison: Comparison): Bar[] {
  return comparison.pairs
    .filter(({ subject }) => subject.name === 'create-product')
    .flatMap((pair) => {
      const what = (figure: string) => `create-product, cold ${figure}, Node ${pair.node.version}`;
      return [
        {
          what: what('wall / bare-put'),
          bar: 1,
          stretch: 0.9,
          measured: comparison.ratio(pair, 'bare-put', 'wall'),
          reason:
            'a create is a transaction of five items, and `bare-put` writes one; `bare-create` makes the same transaction.',
        },
        {
          what: what('init / bare-put'),
          bar: 0.8,
          stretch: 0.75,
          measured: comparison.ratio(pair, 'bare-put', 'init'),
        },
        ...(comparison.find(pair.node, 'peer')
          ? [{ what: what('wall / peer'), bar: 0.7, stretch: 0.63, measured: comparison.ratio(pair, 'peer', 'wall') }]
          : []),
      ];
    });
}
