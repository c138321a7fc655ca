/** Ids of new records: ULIDs (https://github.com/ulid/spec), which sort by the time at which they were made. */
import { randomInt } from 'node:crypto';

/** Crockford's base 32. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten digits of the time, in milliseconds since 1970, and sixteen by chance. */
export function newId(): string {
  let [time, id] = [Date.now(), ''];
  for (; id.length < 10; time = Math.floor(time / 32)) id = `${digits.charAt(time % 32)}${id}`;
  while (id.length < 26) id += digits.charAt(randomInt(32));
  return id;
}
