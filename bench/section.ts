/** One part of docs/benchmarks.md: what a module of the benchmark hands back. */

export interface Section {
  title: string;
  /** Markdown before the table: what is measured and how. */
  text: string;
  /** The first row is the header. */
  rows: string[][];
  /** The bars of this section that the report holds its figures against. */
  bars?: Bar[];
}

/** A figure that must not be greater than its bar; `stretch` is what it would better be. */
export interface Bar {
  /** What is measured, with its unit where it is not a ratio. */
  what: string;
  bar: number;
  stretch: number;
  measured: number;
}

/**
 * How often everything is measured, as against the preset of 1: BENCH_ROUNDS=1 runs each measurement once, to see that the
 * benchmark itself works.
 */
export const rounds = (preset: number): number => Number(process.env['BENCH_ROUNDS'] ?? preset);
