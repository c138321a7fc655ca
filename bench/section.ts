/** A section of docs/benchmarks.md: what there is of it before it is measured, and what a module of the benchmark hands back. */

export interface Section {
  /** As the command line has it. */
  name: string;
  title: string;
  /** How long measuring takes, about, on two cores. */
  takes: string;
  /** Set where it is measured only if it is named: what it needs that not everybody has. */
  needs?: string;
  measure(): Promise<Part[]>;
}

/** One table of a section. */
export interface Part {
  /** Markdown before the table: what is measured and how. */
  text: string;
  /** The first row is the header. */
  rows: string[][];
  /** What its figures are held against. */
  bars?: Bar[];
}

/** A figure that must not pass its bar, and would better not pass `stretch`; it must reach them where `atLeast` is set. */
export interface Bar {
  /** What is measured, with its unit where it is not a ratio. */
  what: string;
  bar: number;
  stretch?: number;
  measured: number;
  atLeast?: boolean;
  /** Why it is missed, where it is known to be. */
  reason?: string;
}

/** Set to 1, everything is done once, to see that the benchmark itself works: its figures mean nothing. */
const { BENCH_ROUNDS } = process.env;

export const isTrial = BENCH_ROUNDS !== undefined;

/** How often something is done: `preset`, or as BENCH_ROUNDS says. */
export const rounds = (preset: number): number => (isTrial ? Number(BENCH_ROUNDS) : preset);
