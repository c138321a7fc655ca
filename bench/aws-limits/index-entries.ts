/** What every item has in the indexes of its table, as the writes that passed have left it. */
import { isDeepStrictEqual } from 'node:util';
import { itemId, partitionId, pick, type Engine, type Index, type Table } from './engine';
import { sizeOf, writeUnits } from './item-size';
import type { Charge } from './partition-limits';
import type { Item, Write } from './requests';

/** An item in an index, as far as that shows it. */
export interface Entry {
  index: Index;
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

  /** What a write asks of the indexes: a write for every entry that comes, goes or changes. An Update is taken to move none. */
  charges(table: Table, write: Write): Charge[] {
    const before = this.#before(table, write);
    switch (write.kind) {
      case 'Put':
        return chargesOf({ before, after: entriesOf(table, write.item) });
      case 'Delete':
        return chargesOf({ before, after: [] });
      case 'Update':
        return before.filter(({ index }) => !index.projected).map(chargeOf);
      case 'ConditionCheck':
        return [];
    }
  }

  /** Takes note of a write that has been done, and answers what it has changed. Writes of one item come here in turn. */
  async note(table: Table, write: Write): Promise<Change> {
    const before = this.#before(table, write);
    const after = await this.#after(table, write, before);
    if (after.length > 0) this.#byItem.set(itemId(table, write.item), after);
    else this.#byItem.delete(itemId(table, write.item));
    return { before, after };
  }

  #before(table: Table, { item }: Write): Entry[] {
    return this.#byItem.get(itemId(table, item)) ?? [];
  }

  async #after(table: Table, { kind, item, says }: Write, before: Entry[]): Promise<Entry[]> {
    if (kind === 'Put') return entriesOf(table, item);
    if (kind === 'Delete') return [];
    const names = table.indexes.flatMap(({ keys }) => keys).filter((name) => !table.keys.includes(name));
    const mayEnter = names.some((name) => new RegExp(`\\b${name}\\b`).test(says));
    if (kind === 'ConditionCheck' || (before.length === 0 && !mayEnter)) return before;
    // Only the engine knows what an expression leads to.
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
      const shown = index.projected ? pick(item, [...table.keys, ...index.keys, ...index.projected]) : item;
      return { index, id, partition: partitionId(table, index, item), item: shown };
    });
}

const chargeOf = ({ partition, item }: Entry): Charge => ({ partition, units: writeUnits(sizeOf(item)) });

function chargesOf({ before, after }: Change): Charge[] {
  const gone = before.filter(({ id }) => !after.some((entry) => entry.id === id));
  const changed = after.flatMap((entry) => {
    const old = before.find(({ id }) => id === entry.id);
    if (old && isDeepStrictEqual(old.item, entry.item)) return [];
    const units = Math.max(...[entry, old ?? entry].map((one) => chargeOf(one).units));
    return [{ partition: entry.partition, units }];
  });
  return [...gone.map(chargeOf), ...changed];
}
