/** How much those tests do whose strength lies in numbers: all of it where TEST_DEPTH is full, enough to find a fault otherwise. */

/** Whether all is done of what `npm test` does a part of. */
export const isFull = process.env['TEST_DEPTH'] === 'full';

/** A test, or a block of them, of what is heavy by nature, such as a table of megabytes or a race: at full depth alone. */
export const itAtFullDepth = isFull ? it : it.skip;
export const describeAtFullDepth = isFull ? describe : describe.skip;

/** So many call at once in a race: more than a category has places (decision 0016), and a multiple of ten. */
export const callers = isFull ? 50 : 20;

/** How many of so many rounds of chance are run. */
export const rounds = (all: number): number => (isFull ? all : Math.ceil(all / 3));

/** Of things done in turn, each, or every third. */
export const stride = isFull ? 1 : 3;

/** Of cases that differ in a number alone, each, or every third from the first on. */
export const sampled = <Case>(cases: readonly Case[]): Case[] => cases.filter((_, at) => at % stride === 0);
