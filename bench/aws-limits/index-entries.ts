/** What every item has in the indexes of its table, as the writes that passed have left it. */
import { itemId, partitionId, type Engine, type Table } from './engine';
import { sizeOf, writeUnits } from './item-size';
import type { Charge } from './partition-limits';
import type { Item, Write } from './requests';

/** An item in an index. */
export interface Entry {
  index: string;
  /** Tells entries apart: an item that gets another key in an index gets another entry. */
  id: string;
  partition: string;
  item: Item;
}

export interface Change {
  before: Entry[];
  after: Entry[];
}

export class IndexEntries {
  readonly #byItem = new Map<string, Entry[]>();

  constructor(readonly engine: Engine) {}

  /** What a write will change; of an Update, as long as it moves no entry. */
  foresee(table: Table, { kind, item }: Write): Change {
    const before = this.#byItem.get(itemId(table, item)) ?? [];
    return { before, after: kind === 'Put' ? entriesOf(table, item) : kind === 'Delete' ? [] : before };
  }

  /** Takes note of a write that has been done, and answers what it has changed. Writes of one item come here in turn. */
  async note(table: Table, write: Write): Promise<Change> {
    const { before, after: foreseen } = this.foresee(table, write);
    const after = write.kind === 'Update' ? await this.#updated(table, write, before) : foreseen;
    if (after.length > 0) this.#byItem.set(itemId(table, write.item), after);
    else this.#byItem.delete(itemId(table, write.item));
    return { before, after };
  }

  /** Only the engine knows what an expression leads to. */
  async #updated(table: Table, { item, says }: Write, before: Entry[]): Promise<Entry[]> {
    const mayEnter = table.indexes.some(({ keys }) => keys.some((key) => says.includes(key)));
    if (before.length === 0 && !mayEnter) return [];
    const updated = await this.engine.read(table, item);
    return updated ? entriesOf(table, updated) : [];
  }

  forget(table: Table): void {
    for (const id of this.#byItem.keys()) if (id.startsWith(`${table.name} `)) this.#byItem.delete(id);
  }
}

/** An item without the attributes of an index's key is not in that index. */
function entriesOf(table: Table, item: Item): Entry[] {
  return table.indexes
    .filter(({ keys }) => keys.every((key) => item[key] !== undefined))
    .map((index) => {
      const id = `${index.name} ${JSON.stringify(index.keys.map((key) => item[key]))} of ${itemId(table, item)}`;
      return { index: index.name, id, partition: partitionId(table, index, item), item };
    });
}

/** A write for every entry that stays, goes or comes. */
export function indexCharges({ before, after }: Change): Charge[] {
  const byId = new Map<string, Charge>();
  for (const { id, partition, item } of [...before, ...after]) {
    const units = Math.max(writeUnits(sizeOf(item)), byId.get(id)?.units ?? 0);
    byId.set(id, { partition, units });
  }
  return [...byId.values()];
}
