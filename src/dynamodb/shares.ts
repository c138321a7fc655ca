/**
 * Spreads something that many processes write over several items, its shares. Transactions that meet on an item cancel
 * each other, so each process writes a share of its own, and readers take all of them together.
 */

export interface Shares {
  /** Sort keys of the items, in order. */
  names: readonly string[];
  first: string;
  last: string;
  /**
   * Runs a write with a share that no other write of this process has at the same time: the one used last or, if
   * another process's transaction was on that, the one unused for longest. The write tells of such a conflict by
   * calling `reportConflict`.
   */
  use<Result>(write: (share: string, reportConflict: () => void) => Promise<Result>): Promise<Result>;
}

/** So many shares, named `COUNT#00`, `COUNT#01` and so on; a hundred at most. */
export function newShares(prefix: string, count: number): Shares {
  const names = Array.from({ length: count }, (_, number) => `${prefix}#${String(number).padStart(2, '0')}`);
  const [first = '', last = ''] = [names[0], names[count - 1]];
  // The shares that no write of this process has now; the last of them is taken next.
  const free = names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
  const use: Shares['use'] = async (write) => {
    const own = free.pop();
    const state = { hasConflicted: false };
    try {
      return await write(own ?? first, () => {
        state.hasConflicted = true;
      });
    } finally {
      if (own !== undefined) free.splice(state.hasConflicted ? 0 : free.length, 0, own);
    }
  };
  return { names, first, last, use };
}
