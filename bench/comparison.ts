/** Measures handlers and baselines in turn, round by round, so that whatever else the machine does meets all of them alike. */
import { startKeyServer } from '../test/support/key-server';
import { nodeVersions, type Node } from './node-versions';
import { median } from './quantiles';
import { subjects, type Subject } from './subjects';

/** What one run took, each figure under its name. */
type Figures = Record<string, number>;

type Measure = (node: Node, subject: Subject) => Promise<Figures>;

/** Has every subject measured on every Node, as often as there are rounds. */
export async function compare(rounds: number, measure: Measure): Promise<Comparison> {
  const keys = await startKeyServer();
  try {
    const all = await subjects(keys);
    const pairs = nodeVersions().flatMap((node) => all.map((subject) => ({ node, subject, runs: [] as Figures[] })));
    for (let round = 0; round < rounds; round += 1) {
      for (const { node, subject, runs } of pairs) runs.push(await measure(node, subject));
    }
    return new Comparison(pairs);
  } finally {
    await keys.stop();
  }
}

interface Pair {
  node: Node;
  subject: Subject;
  runs: Figures[];
}

/** Medians of all runs, and their ratios. */
export class Comparison {
  constructor(readonly pairs: Pair[]) {}

  median({ runs }: Pair, figure: string): number {
    return median(runs.map((run) => run[figure] ?? NaN));
  }

  /** As against a baseline on the same Node; NaN where that one was not measured. */
  ratio(pair: Pair, baseline: string, figure: string): number {
    const other = this.find(pair.node, baseline);
    return other ? this.median(pair, figure) / this.median(other, figure) : NaN;
  }

  find(node: Node, name: string): Pair | undefined {
    return this.pairs.find((pair) => pair.node === node && pair.subject.name === name);
  }
}
