/** A process that ends after so many requests, the last of which is done or not: its answer never comes. */

/** How many requests are still done; after them, the process is as good as gone. */
export const life = { left: Infinity, answersLast: true };

class CutOff extends Error {}

export async function whileAlive<Result>(request: () => Promise<Result>): Promise<Result> {
  if (life.left <= 0) throw new CutOff();
  life.left -= 1;
  if (life.left > 0) return request();
  if (life.answersLast) await request();
  throw new CutOff();
}
