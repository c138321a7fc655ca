/**
 * One thing that many write, kept in several items: transactions that meet on an item cancel each other, so each process keeps to
 * an item of its own, and whoever reads takes all of them together.
 */

export interface Shares {
  /** Sort keys of the items, in order. */
  names: readonly string[];
  first: string;
  last: string;
  /**
   * Runs a write with a share of its own in this process: the one it had last, until someone else's transaction has been on
   * that, and then one that has not been tried for longest. `met` is to be called when that is so.
   */
  use<Result>(write: (share: string, met: () => void) => Promise<Result>): Promise<Result>;
}

/** So many shares, named `COUNT#00`, `COUNT#01` and so on; a hundred at most. */
export function newShares(prefix: string, count: number): Shares {
  const names = Array.from({ length: count }, (_, number) => `${prefix}#${String(number).padStart(2, '0')}`);
  const [first = '', last = ''] = [names[0], names[count - 1]];
  // Those that this process does not write just now; the last is taken next.
  const free = names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
  const use: Shares['use'] = async (write) => {
    const own = free.pop();
    const state = { isMet: false };
    try {
      return await write(own ?? first, () => {
        state.isMet = true;
      });
    } finally {
      if (own !== undefined) free.splice(state.isMet ? 0 : free.length, 0, own);
    }
  };
  return { names, first, last, use };
}
