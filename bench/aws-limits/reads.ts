/** Reads through the limits of AWS: a partition key gives so much a second, and late indexes answer late. */
import { isDeepStrictEqual } from 'node:util';
import { itemId, partitionId, type Engine } from './engine';
import { readUnits, sizeOf } from './item-size';
import type { LateIndexes } from './late-indexes';
import type { OngoingWrites } from './ongoing-writes';
import { PartitionLimits } from './partition-limits';
import { cancelled, foundItems, throttled, type Reply } from './replies';
import { queryOf, type Item, type KeyedRead, type Request } from './requests';

export class Reads {
  readonly #limits = new PartitionLimits(3000);

  constructor(
    readonly engine: Engine,
    readonly ongoing: OngoingWrites,
    readonly lateIndexes: LateIndexes | undefined,
  ) {}

  async query(request: Request): Promise<Reply> {
    const { table: name, index: indexName, consistent, equal } = queryOf(request);
    const table = await this.engine.table(name);
    const index = table.indexes.find((each) => each.name === indexName);
    const partition = partitionId(table, index ?? table, equal);
    if (this.#limits.exhausted(partition)) return throttled();
    const reply =
      index && this.lateIndexes
        ? await this.lateIndexes.query(table, index, request)
        : await this.engine.forward(request);
    const bytes = foundItems(reply).reduce((sum, item) => sum + sizeOf(item), 0);
    this.#limits.take([{ partition, units: readUnits(bytes, consistent) }]);
    return reply;
  }

  async byKeys(request: Request, reads: KeyedRead[]): Promise<Reply> {
    const wanted = await Promise.all(
      reads.map(async ({ table: name, key, consistent }) => {
        const table = await this.engine.table(name);
        return { id: itemId(table, key), key, consistent, partition: partitionId(table, table, key) };
      }),
    );
    if (wanted.some(({ partition }) => this.#limits.exhausted(partition))) return throttled();
    const met = wanted.map(({ id }) => request.operation === 'TransactGetItems' && this.ongoing.inTransaction(id));
    if (met.includes(true)) return cancelled(met.map((conflict) => (conflict ? 'TransactionConflict' : 'None')));

    const reply = await this.engine.forward(request);
    const items = foundItems(reply);
    const charges = wanted.map(({ partition, key, consistent }) => {
      const item = items.find((found) => hasKey(found, key));
      return { partition, units: readUnits(item ? sizeOf(item) : 0, consistent) };
    });
    this.#limits.take(charges);
    return reply;
  }
}

const hasKey = (item: Item, key: Item) =>
  Object.entries(key).every(([name, value]) => isDeepStrictEqual(item[name], value));
