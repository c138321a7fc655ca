/** How much a partition key takes or gives in a second. */

/** Units that a request asks of a partition key. */
export interface Charge {
  /** The key, in a table or in an index. */
  partition: string;
  units: number;
}

/**
 * Lets each partition key have `perSecond` units, and as many at once after a pause. AWS has 1,000 for writes and 3,000 for
 * reads, of a table and of each of its indexes ("Burst and adaptive capacity" in DynamoDB's developer guide).
 */
export class PartitionLimits {
  /** When the units that a partition key has given will be there again, in milliseconds. */
  readonly #wholeAt = new Map<string, number>();

  constructor(readonly perSecond: number) {}

  /** Whether a partition key has nothing left. */
  exhausted(partition: string): boolean {
    return (this.#wholeAt.get(partition) ?? 0) > performance.now() + 1000;
  }

  /** A request that is let in may take more than there is: the next ones wait for it. */
  take(charges: readonly Charge[]): void {
    const now = performance.now();
    for (const { partition, units } of charges) {
      const from = Math.max(now, this.#wholeAt.get(partition) ?? 0);
      this.#wholeAt.set(partition, from + (1000 * units) / this.perSecond);
    }
  }
}
