/** Writes through the limits of AWS: those that meet a transaction are refused, and a partition key takes so much a second. */
import { countTransaction, newCounts } from './counts';
import { itemId, partitionId, type Engine, type Table } from './engine';
import { IndexEntries } from './index-entries';
import { sizeOf, writeUnits } from './item-size';
import type { LateIndexes } from './late-indexes';
import type { Latency } from './latency';
import type { OngoingWrites } from './ongoing-writes';
import { PartitionLimits, type Charge } from './partition-limits';
import { cancelled, conflicted, inProgress, throttled, type Code, type Reply } from './replies';
import { batchOf, batchWrite, transactionOf, type BatchItem, type Request, type Write } from './requests';

/** A write and what it asks for. */
interface Asked {
  write: Write;
  table: Table;
  id: string;
  tableCharge: Charge;
  indexCharges: Charge[];
}

export class Writes {
  readonly counts = newCounts();
  readonly #limits: PartitionLimits;
  readonly #entries: IndexEntries;

  constructor(
    readonly engine: Engine,
    readonly ongoing: OngoingWrites,
    readonly latency: Latency,
    unitsPerSecond: number,
    readonly lateIndexes: LateIndexes | undefined,
  ) {
    this.#limits = new PartitionLimits(unitsPerSecond);
    this.#entries = new IndexEntries(engine);
  }

  async transact(request: Request): Promise<Reply> {
    const { writes, token } = transactionOf(request);
    const asked = await Promise.all(writes.map((write) => this.#ask(write, 2)));
    if (this.ongoing.isOngoing(token)) return inProgress();
    countTransaction(this.counts, asked);
    const refusal = this.#refusal(asked);
    if (refusal) {
      await this.latency.other();
      return refusal;
    }
    this.#take(asked);
    const ids = asked.map(({ id }) => id);
    return this.ongoing.transact(ids, token, async () => {
      await this.latency.transaction();
      return this.#forward(request, asked);
    });
  }

  #refusal(asked: Asked[]): Reply | undefined {
    const codes = (code: Code, applies: (one: Asked) => boolean) => asked.map((one) => (applies(one) ? code : 'None'));
    const conflicts = codes('TransactionConflict', ({ id }) => this.ongoing.inTransaction(id));
    if (conflicts.includes('TransactionConflict')) {
      this.counts.conflicts += 1;
      return cancelled(conflicts);
    }
    const throttles = codes('ThrottlingError', (one) => this.#isExhausted(one));
    if (throttles.includes('ThrottlingError')) {
      this.counts.throttles += 1;
      return cancelled(throttles);
    }
    return undefined;
  }

  async plain(request: Request, write: Write): Promise<Reply> {
    const asked = await this.#ask(write, 1);
    if (this.ongoing.inTransaction(asked.id)) return conflicted();
    if (this.#isExhausted(asked)) return throttled();
    this.#take([asked]);
    return this.ongoing.inTurn([asked.id], () => this.#forward(request, [asked]));
  }

  /** What is refused of a batch comes back as unprocessed. */
  async batch(request: Request): Promise<Reply> {
    const items = Object.entries(batchOf(request)).flatMap(([table, list]) => list.map((item) => ({ table, item })));
    const all = await Promise.all(
      items.map(async ({ table, item }) => ({ table, item, asked: await this.#ask(batchWrite(table, item), 1) })),
    );
    const refused = all.filter(({ asked }) => this.ongoing.inTransaction(asked.id) || this.#isExhausted(asked));
    const accepted = all.filter((one) => !refused.includes(one));
    const unprocessed = { UnprocessedItems: byTable(refused) };
    if (accepted.length === 0) return { status: 200, text: JSON.stringify(unprocessed) };

    const asked = accepted.map((one) => one.asked);
    this.#take(asked);
    const text = JSON.stringify({ RequestItems: byTable(accepted) });
    const ids = asked.map(({ id }) => id);
    const reply = await this.ongoing.inTurn(ids, () => this.#forward({ ...request, text }, asked));
    return reply.status === 200 ? { status: 200, text: JSON.stringify(unprocessed) } : reply;
  }

  /** `factor` is 2 in a transaction, which prepares a write and then does it; the indexes follow at the usual cost. */
  async #ask(write: Write, factor: 1 | 2): Promise<Asked> {
    const table = await this.engine.table(write.table);
    return {
      ...{ write, table, id: itemId(table, write.item) },
      tableCharge: {
        partition: partitionId(table, table, write.item),
        // Of what is not put, the size is not known: a kilobyte at most, as all of ours.
        units: factor * writeUnits(write.kind === 'Put' ? sizeOf(write.item) : 0),
      },
      indexCharges: this.#entries.charges(table, write),
    };
  }

  #isExhausted({ tableCharge, indexCharges: others }: Asked): boolean {
    return [tableCharge, ...others].some(({ partition }) => this.#limits.exhausted(partition));
  }

  #take(asked: Asked[]): void {
    this.#limits.take(asked.flatMap((one) => [one.tableCharge, ...one.indexCharges]));
  }

  /** Has the engine do it, and the indexes follow. */
  async #forward(request: Request, asked: Asked[]): Promise<Reply> {
    const reply = await this.engine.forward(request);
    if (reply.status !== 200) return reply;
    for (const { table, write } of asked) {
      if (write.kind === 'ConditionCheck') continue;
      const change = await this.#entries.note(table, write);
      this.lateIndexes?.propagate(table, change);
    }
    return reply;
  }

  forget(table: Table): void {
    this.#entries.forget(table);
  }
}

function byTable(items: { table: string; item: BatchItem }[]): Record<string, BatchItem[]> {
  const tables: Record<string, BatchItem[]> = {};
  for (const { table, item } of items) (tables[table] ??= []).push(item);
  return tables;
}
