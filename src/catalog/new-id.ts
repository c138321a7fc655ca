/** Ids of new records: ULIDs, which sort by the time at which they were made. */
import { randomInt } from 'node:crypto';
import { ulid } from 'ulid';

/**
 * Node's random numbers are as secure as those that `ulid` takes by itself, and faster: Node fetches them from the
 * system in advance, and `ulid` asks for each of the sixteen characters.
 */
const random = () => randomInt(32) / 32;

export const newId = (): string => ulid(undefined, random);
