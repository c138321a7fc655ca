/** Which items are being written right now: transactions that meet on one cancel each other. */

export class OngoingWrites {
  /** Items in a transaction under way, each with the transaction's token. */
  readonly #transactions = new Map<string, string | undefined>();
  readonly #plain = new Map<string, Promise<unknown>>();

  inTransaction(item: string): boolean {
    return this.#transactions.has(item);
  }

  /** Whether the transaction of this token is under way already, as it can be when its request is sent again. */
  isOngoing(token: string | undefined): boolean {
    return token !== undefined && [...this.#transactions.values()].includes(token);
  }

  /** Has the items for itself while `write` runs. */
  async transact<Result>(items: string[], token: string | undefined, write: () => Promise<Result>): Promise<Result> {
    for (const item of items) this.#transactions.set(item, token);
    try {
      // Plain writes that came before are no reason to refuse it.
      await Promise.allSettled(this.#plainWritesOf(items));
      return await write();
    } finally {
      for (const item of items) this.#transactions.delete(item);
    }
  }

  /** Runs a plain write of these items after those that came before. */
  async inTurn<Result>(items: string[], write: () => Promise<Result>): Promise<Result> {
    const result = Promise.allSettled(this.#plainWritesOf(items)).then(write);
    for (const item of items) this.#plain.set(item, result);
    try {
      return await result;
    } finally {
      for (const item of items) if (this.#plain.get(item) === result) this.#plain.delete(item);
    }
  }

  #plainWritesOf(items: string[]): Promise<unknown>[] {
    return items.flatMap((item) => this.#plain.get(item) ?? []);
  }
}
