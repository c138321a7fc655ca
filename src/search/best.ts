/** The first few of many positions, in their order: to sort all of them would take longer than to find them. */
import type { Position } from './question';

export class Best {
  /** In their order. */
  readonly positions: Position[] = [];

  /** Keeps the first `most` of the positions that follow `after`. */
  constructor(
    private readonly most: number,
    private readonly isDescending: boolean,
    private readonly after: Position | undefined,
  ) {}

  /** Keeps the position if it is one of those. */
  offer(position: Position): void {
    const last = this.positions.length === this.most ? this.positions[this.most - 1] : undefined;
    if ((last && !this.precedes(position, last)) || (this.after && !this.precedes(this.after, position))) return;
    let [low, high] = [0, this.positions.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.positions[middle];
      if (other && this.precedes(other, position)) low = middle + 1;
      else high = middle;
    }
    this.positions.splice(low, 0, position);
    if (last) this.positions.pop();
  }

  private precedes([a, aId]: Position, [b, bId]: Position): boolean {
    if (a === b) return this.isDescending ? aId > bId : aId < bId;
    return this.isDescending ? a > b : a < b;
  }
}
