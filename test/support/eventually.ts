/** Waits for what happens soon, but not at once. */
import { setTimeout as sleep } from 'node:timers/promises';

// Generous, for a machine that is busy with other things.
const limit = 120_000;

/** What `look` finds, as soon as it finds anything. Throws after two minutes, naming what was looked for. */
export async function eventually<Found>(what: string, look: () => Promise<Found> | Found): Promise<NonNullable<Found>> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`There is still no ${what}`);
    await sleep(50);
  }
}
