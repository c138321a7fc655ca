/** Follows the record of all changes without missing one, though entries come late, out of order and from clocks that differ. */
import { versionOf } from './change-key';
import type { EntryKey } from './shard';

/**
 * How far back each reading goes, in milliseconds. An entry can come as late as a write takes from its stamp to its commit
 * (10 s, when its function ends), and an index lags behind its table (a second or two); the rest is for clocks that differ.
 */
export const overlap = 30_000;

/** All entries of a shard from this time on, as far as the index has them. */
export type ReadSince = (shard: string, since: string) => Promise<EntryKey[]>;

/** How far a follower has come, as JSON can keep it. */
export interface Place {
  /** In milliseconds since 1970. */
  start: number;
  newest: [shard: string, changeKey: string][];
  told: [shard: string, changeKeys: string[]][];
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

export class Follower {
  /** The keys that have been told already, as far back as the next reading will go. */
  private readonly told: Map<string, Set<string>>;
  /**
   * By shard, the newest key, or the time of its reading if that was earlier: where one writer's clock is ahead,
   * entries of the others must not count as old, however late the next reading is.
   */
  private readonly newest: Map<string, string>;
  private readonly start: number;

  /**
   * Begins at the place where an earlier follower has stopped, or at a time in milliseconds since 1970; it may then
   * also tell of something from before that.
   */
  constructor(
    private readonly shards: readonly string[],
    private readonly read: ReadSince,
    place: Place | number,
    private readonly now: () => number = Date.now,
  ) {
    const { start, newest, told } = typeof place === 'number' ? { start: place, newest: [], told: [] } : place;
    this.start = start;
    this.newest = new Map(newest);
    this.told = new Map(told.map(([shard, keys]) => [shard, new Set(keys)]));
  }

  /** Where another follower can go on, once all that this one has returned has been dealt with. */
  place(): Place {
    const told = [...this.told].map(([shard, keys]): [string, string[]] => [shard, [...keys]]);
    return { start: this.start, newest: [...this.newest], told };
  }

  /**
   * The keys of records that have been changed since the last call, each with the latest version that it has been given: every
   * change is told once.
   */
  async changed(): Promise<ReadonlyMap<string, number>> {
    const changed = new Map<string, number>();
    for (const { changeKey, pk } of await this.news()) {
      changed.set(pk, Math.max(versionOf(changeKey), changed.get(pk) ?? 0));
    }
    return changed;
  }

  /** The entries that have come since the last call, each of them once; those of a shard in the order of their keys. */
  async news(): Promise<EntryKey[]> {
    const readAt = instant(this.now());
    // If one shard cannot be read, none may be marked as told: nobody would ever hear of its entries.
    const readings = await Promise.all(
      this.shards.map(async (shard) => {
        const since = this.sinceOf(shard);
        return { shard, since, entries: await this.read(shard, since) };
      }),
    );
    const news: EntryKey[] = [];
    for (const { shard, since, entries } of readings) {
      const told = this.told.get(shard) ?? new Set();
      this.told.set(shard, told);
      for (const { changeKey, pk } of entries) {
        if (told.has(changeKey)) continue;
        told.add(changeKey);
        news.push({ changeKey, pk });
        const seen = changeKey < readAt ? changeKey : readAt;
        if (seen > (this.newest.get(shard) ?? '')) this.newest.set(shard, seen);
      }
      for (const changeKey of told) if (changeKey < since) told.delete(changeKey);
    }
    return news;
  }

  private sinceOf(shard: string): string {
    const newest = Date.parse(this.newest.get(shard)?.slice(0, 24) ?? instant(this.start));
    return instant(newest - overlap);
  }
}
