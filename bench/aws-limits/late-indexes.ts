/** Indexes that lag behind their table: what a write changes in one shows after a while, every entry in its own time. */
import type { Engine, Index, Table } from './engine';
import type { Change, Entry } from './index-entries';
import { IndexTable } from './index-table';
import type { Wait } from './latency';
import type { Reply } from './replies';
import type { Request } from './requests';

export class LateIndexes {
  readonly #tables = new Map<string, Promise<IndexTable>>();
  /** By entry, what is to happen to it last. */
  readonly #coming = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(
    readonly engine: Engine,
    readonly lag: Wait,
  ) {}

  /**
   * Has a change of a table arrive in its indexes. What happens to one entry happens in order; an item that gets another key in
   * an index is there twice meanwhile, or not at all, since DynamoDB removes one entry and adds another.
   */
  propagate(table: Table, { before, after }: Change): void {
    const moved = before.filter(({ id }) => !after.some((entry) => entry.id === id));
    for (const entry of moved) this.#later(table, entry, (index) => index.remove(entry.item));
    for (const entry of after) this.#later(table, entry, (index) => index.put(entry.item));
  }

  #later(table: Table, { id, index }: Entry, change: (index: IndexTable) => Promise<unknown>): void {
    const indexTable = this.#tableOf(table, index);
    const wait = this.lag(this.#stopped.signal);
    const coming = Promise.all([indexTable, wait, this.#coming.get(id)]).then(async ([found]) => {
      // The table may be gone by now, or be another one of the same name.
      if (this.#tables.get(nameOf(table, index)) === indexTable) await change(found);
      if (this.#coming.get(id) === coming) this.#coming.delete(id);
    });
    this.#coming.set(id, coming);
    // Whoever waits until all is settled hears of a failure.
    coming.catch(() => undefined);
  }

  /** Answers a `Query` of an index with what has arrived there. */
  async query(table: Table, index: Index, request: Request): Promise<Reply> {
    return (await this.#tableOf(table, index)).query(request);
  }

  #tableOf(table: Table, index: Index): Promise<IndexTable> {
    const name = nameOf(table, index);
    const known = this.#tables.get(name) ?? IndexTable.create(this.engine, table, index);
    this.#tables.set(name, known);
    return known;
  }

  /** Until everything that has been written by now is in the indexes. */
  async settled(): Promise<void> {
    await Promise.all(this.#coming.values());
  }

  /** For a table that is no more. */
  async forget(table: Table): Promise<void> {
    for (const index of table.indexes) {
      const indexTable = await this.#tables.get(nameOf(table, index));
      this.#tables.delete(nameOf(table, index));
      await indexTable?.drop();
    }
  }

  stop(): void {
    this.#stopped.abort();
  }
}

const nameOf = (table: Table, index: Index) => `${table.name} ${index.name}`;
