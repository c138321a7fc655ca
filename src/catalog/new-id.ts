/** Ids of new records: ULIDs, which sort by the time at which they were made. */
import { randomInt } from 'node:crypto';
import { ulid } from 'ulid';

/** As secure as what `ulid` takes by itself, which asks the system sixteen times for each id; Node has random numbers in stock. */
const random = () => randomInt(32) / 32;

export const newId = (): string => ulid(undefined, random);
