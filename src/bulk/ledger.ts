/** What has become of the rows of a request, and which items of the table are whose: no two rows write the same. */
import { keyOf } from '../catalog/product-item-store';
import type { Change } from '../catalog/history';
import { targetOf } from '../dynamodb/transaction';
import type { ApplicationError } from '../errors';
import { bytesInAnswer, longestAnswer } from '../payload';
import type { Plan } from './plan';
import { repeatedRow, rowNotDone } from './refusals';

export type RowResult =
  // Without an id where it would be made up: for a product that a dry run would create.
  | { action: Plan['action']; id?: string | undefined; version: number; changes: Change[] }
  | { action: 'rejected'; error: ApplicationError };

/** What results have beside their changes takes less than what is left. */
const longestChanges = longestAnswer - 500_000;

export class Ledger {
  private readonly results = new Map<number, RowResult>();
  private readonly owners = new Map<string, number>();
  private readonly changeBytes = new Map<number, number>();

  constructor(private readonly dryRun: boolean) {}

  /**
   * Gives a row what its plan writes, in place of what it had. Throws `repeated_row` where another has part of that, and
   * `row_not_done` where the answer would be too long.
   */
  enter(position: number, plan: Plan): void {
    this.forget(position);
    const items = itemsOf(plan);
    const owner = items.map((item) => this.owners.get(item)).find((found) => found !== undefined);
    if (owner !== undefined) throw repeatedRow(owner);
    for (const item of items) this.owners.set(item, position);
    this.changeBytes.set(position, bytesInAnswer(plan.changes));
    if ([...this.changeBytes.values()].reduce((sum, bytes) => sum + bytes, 0) > longestChanges) throw rowNotDone();
  }

  settle(position: number, { action, id, version, changes }: Plan): void {
    const known = this.dryRun && action === 'created' ? undefined : id;
    this.results.set(position, { action, id: known, version, changes });
  }

  reject(position: number, error: ApplicationError): void {
    this.forget(position);
    this.results.set(position, { action: 'rejected', error });
  }

  /** What the row had is anybody's again. */
  forget(position: number): void {
    for (const [item, owner] of this.owners) if (owner === position) this.owners.delete(item);
    this.changeBytes.delete(position);
  }

  /** By position. */
  allResults(): RowResult[] {
    return [...this.results].sort(([a], [b]) => a - b).map(([, result]) => result);
  }
}

/** Also the product itself, where nothing is written: of two rows for one product, one has it. */
const itemsOf = ({ id, actions }: Plan) =>
  [keyOf(id), ...actions.map(targetOf)].map(({ pk, sk }) => `${String(pk)} ${String(sk)}`);
