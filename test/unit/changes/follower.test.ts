/** The record of all changes as AWS may show it: late and out of order, stamped by clocks that differ, some long before their commit. */
import { Follower, overlap, type Place } from '../../../src/changes/follower';
import { changeKeyOf, shards } from '../../../src/changes/change-key';
import { sampled } from '../../support/depth';

const epoch = Date.parse('2026-11-26T10:00:00.000Z');
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same every time. */
function randomNumbers(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Conditions {
  /** By how much the clock of each writer is ahead, in milliseconds. */
  clocks: number[];
  /** The longest from stamp to commit. */
  slowest: number;
  readersClock?: number;
  /** How long it waits between two looks; a second and a half without this. */
  pause?: number;
  /** It ends after each look, and another one goes on from its place. */
  comesBack?: boolean;
}

interface Change {
  pk: string;
  changeKey: string;
  shard: string;
  shownAt: number;
}

/** Changes of a few minutes: one in a hundred commits late, and each is in the index up to two seconds after its commit. */
function changes({ clocks, slowest }: Conditions, seed: number): Change[] {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const versions = new Map<string, number>();
  return Array.from({ length: 5_000 }, () => {
    const stampedAt = epoch + below(300_000);
    const commit = stampedAt + (random() < 0.01 ? below(slowest) : below(50));
    const pk = `PRODUCT#01KB0V3Q6ZK4T6XW9C8M5R2N${alphabet[below(32)] ?? ''}${alphabet[below(32)] ?? ''}`;
    const version = (versions.get(pk) ?? 0) + 1;
    versions.set(pk, version);
    const at = new Date(stampedAt + (clocks[below(clocks.length)] ?? 0)).toISOString();
    const { changeShard: shard, changeKey } = changeKeyOf(pk, { at, version });
    return { pk, shard, changeKey, shownAt: commit + below(2_000) };
  });
}

/** How many changes a reader never hears of that looks again and again. */
async function missed(conditions: Conditions, seed: number): Promise<number> {
  const all = changes(conditions, seed);
  const clock = { now: epoch };
  const byShard = new Map<string, Change[]>(
    shards.map((shard) => [shard, all.filter((change) => change.shard === shard)]),
  );
  const read = (shard: string, since: string) =>
    Promise.resolve(
      (byShard.get(shard) ?? []).filter(({ shownAt, changeKey }) => shownAt <= clock.now && changeKey >= since),
    );
  const heard = new Map<string, number>();
  let follower = new Follower(shards, read, epoch, () => clock.now + (conditions.readersClock ?? 0));
  for (; clock.now < epoch + 420_000; clock.now += conditions.pause ?? 1_500) {
    // The record is read as it is now: whatever has been committed by then is known.
    for (const pk of (await follower.changed()).keys()) heard.set(pk, clock.now);
    if (!conditions.comesBack) continue;
    // Another one goes on, a while later.
    const place = JSON.parse(JSON.stringify(follower.place())) as Place;
    follower = new Follower(shards, read, place, () => clock.now);
    clock.now += 4_500;
  }
  return all.filter(({ pk, shownAt }) => (heard.get(pk) ?? 0) < shownAt).length;
}

describe('a reader that follows the changes', () => {
  it.each<[string, Conditions]>([
    ['clocks agree within 300 ms', { clocks: [-300, -100, 0, 200, 300], slowest: 9_500 }],
    ['one clock is a minute ahead', { clocks: [0, 0, 60_000], slowest: 9_500 }],
    [
      'one clock is a minute ahead, and it looks every 70 seconds',
      { clocks: [0, 0, 60_000], slowest: 9_500, pause: 70_000 },
    ],
    ['one clock is fifteen seconds behind', { clocks: [0, 0, -15_000], slowest: 9_500 }],
    ['its own clock is fifteen seconds behind', { clocks: [0, 300], slowest: 9_500, readersClock: -15_000 }],
    ['it ends after each look and comes back', { clocks: [-300, 0, 300], slowest: 9_500, comesBack: true }],
    ['its own clock is a minute ahead', { clocks: [0, 300], slowest: 9_500, readersClock: 60_000 }],
  ])('misses nothing where %s', async (_, conditions) => {
    for (const seed of sampled([1, 2, 3])) expect(await missed(conditions, seed)).toBe(0);
  });

  // Without this, the simulation might be one in which nothing can be missed.
  it('misses some where a clock is behind by more than it reads again', async () => {
    expect(await missed({ clocks: [0, 0, -overlap - 5_000], slowest: 9_500 }, 1)).toBeGreaterThan(0);
  });
});

it('a change is told once, and again only when there is another', async () => {
  const pk = 'PRODUCT#01KB0V3Q6ZK4T6XW9C8M5R2N7D';
  const entry = (version: number) => {
    const { changeShard, changeKey } = changeKeyOf(pk, { at: new Date(epoch + version).toISOString(), version });
    return { pk, changeKey, shard: changeShard };
  };
  const shown = [entry(1)];
  const read = (shard: string) => Promise.resolve(shown.filter((change) => change.shard === shard));
  const follower = new Follower(shards, read, epoch, () => epoch);
  expect([...(await follower.changed())]).toEqual([[pk, 1]]);
  expect([...(await follower.changed())]).toEqual([]);
  shown.push(entry(3), entry(2));
  expect([...(await follower.changed())]).toEqual([[pk, 3]]);
});

it('what has been told is not told again by one that goes on from its place', async () => {
  const pk = 'PRODUCT#01KB0V3Q6ZK4T6XW9C8M5R2N7D';
  const { changeShard, changeKey } = changeKeyOf(pk, { at: new Date(epoch).toISOString(), version: 1 });
  const read = (shard: string) => Promise.resolve(shard === changeShard ? [{ pk, changeKey }] : []);
  const follower = new Follower(shards, read, epoch, () => epoch);
  expect(await follower.news()).toEqual([{ pk, changeKey }]);
  expect(await new Follower(shards, read, follower.place(), () => epoch + 60_000).news()).toEqual([]);
});
