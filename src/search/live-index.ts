/** The index of this process: built at the first question, and brought up to date before each answer. */
import { shards } from '../changes/change-key';
import { idOf, readSince } from '../changes/change-store';
import { Follower } from '../changes/follower';
import { log } from '../log';
import { mostReadAgain, readAgain, readAll, type Records } from './index-store';
import { ProductIndex } from './product-index';
import { readSnapshot } from './snapshot';

/**
 * How far this process's clock may be ahead of those that write, in milliseconds: AWS takes no signature whose time is
 * further from its own (IAM user guide, "Elements of an AWS API request signature").
 */
const mostAhead = 5 * 60_000;

export class LiveIndex {
  private built?: Promise<{ index: ProductIndex; follower: Follower }> | undefined;
  /** The keys of records that have changed, until they have been read again. */
  private readonly pending = new Set<string>();
  private underWay?: Promise<void> | undefined;
  private following?: Promise<void> | undefined;

  /**
   * `mostProducts` is how many one function can hold and search fast. With more, it says so in its log when it starts;
   * docs/search.md says what to do then.
   */
  constructor(private readonly mostProducts = 200_000) {}

  /** The index, with all that the record of changes knew when this was called. */
  async current(): Promise<ProductIndex> {
    await this.upToDate();
    const { index } = await this.build();
    return index;
  }

  private build() {
    this.built ??= build(this.mostProducts);
    // After a failure, the next question builds it anew.
    this.built.catch(() => (this.built = undefined));
    return this.built;
  }

  /** Questions that wait share one reading of the changes, begun after the last of them came. */
  private upToDate(): Promise<void> {
    if (!this.underWay) {
      this.underWay = this.follow().finally(() => (this.underWay = undefined));
      return this.underWay;
    }
    this.following ??= this.underWay
      .catch(() => undefined)
      .then(() => {
        this.following = undefined;
        return this.upToDate();
      });
    return this.following;
  }

  private async follow(): Promise<void> {
    const { index, follower } = await this.build();
    for (const [pk, version] of await follower.changed()) {
      // The index already has most of what the first reading tells.
      if (version > (index.versionOf(idOf(pk)) ?? 0)) this.pending.add(pk);
    }
    const waiting = [...this.pending];
    // Keys are taken off part by part: after an import there may be very many, and if the table throttles, the next try
    // goes on from there.
    for (let at = 0; at < waiting.length; at += mostReadAgain) {
      const part = waiting.slice(at, at + mostReadAgain);
      await readAgain(part, index);
      for (const pk of part) this.pending.delete(pk);
    }
  }
}

async function build(mostProducts: number) {
  const started = Date.now();
  const kept = await fromSnapshot();
  const { index, asOf } = kept ?? (await fromTable());
  const milliseconds = Date.now() - started;
  log.info('search index built', { products: index.size, milliseconds, snapshot: kept !== undefined });
  if (index.size > mostProducts) {
    log.error(
      `There are more than ${mostProducts} products: search takes long to start, and docs/search.md says what to do`,
      {},
    );
  }
  return { index, follower: new Follower(shards, readSince, asOf - mostAhead) };
}

/** An index, and the time from which on changes may be missing in it, in milliseconds since 1970. */
interface Start {
  index: ProductIndex;
  asOf: number;
}

/** Undefined where there is no snapshot, or none that can be read: it is there for speed alone. */
async function fromSnapshot(): Promise<Start | undefined> {
  try {
    const snapshot = await readSnapshot();
    if (!snapshot) return undefined;
    const index = new ProductIndex();
    for await (const part of snapshot.parts) add(part, index);
    return { index, asOf: snapshot.asOf };
  } catch (error) {
    log.error('search snapshot cannot be read', {}, error);
    return undefined;
  }
}

async function fromTable(): Promise<Start> {
  const asOf = Date.now();
  const index = new ProductIndex();
  await readAll((records) => {
    add(records, index);
  });
  return { index, asOf };
}

function add({ products, categories }: Records, to: ProductIndex): void {
  to.apply(products, []);
  for (const category of categories) to.categories.set(category);
}
