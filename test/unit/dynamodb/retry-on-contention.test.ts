/** How long `retryOnContention`, in transaction.ts, keeps trying. Time is Jest's. */
import { longestTry } from '../../../src/aws/bounded-tries';
import { withinDeadline } from '../../../src/deadline';
import { Contention, retryOnContention, Throttling } from '../../../src/dynamodb/transaction';
import { busy, notFound } from '../../../src/errors';

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** An operation that meets contention a number of times before it succeeds, taking its time over each attempt. */
const contendedFor = (attempts: number, milliseconds = 0) => {
  let attempt = 0;
  return jest.fn(async () => {
    if (milliseconds > 0) await pause(milliseconds);
    attempt += 1;
    if (attempt <= attempts) throw new Contention();
    return 'done';
  });
};

/** What became of the operation, and after how many milliseconds. */
async function outcomeOf(operation: () => Promise<string>, deadline = 60_000) {
  const started = Date.now();
  const outcome = withinDeadline(deadline, () => retryOnContention(operation)).then(
    (result) => ({ result, elapsed: Date.now() - started }),
    (error: unknown) => ({ error, elapsed: Date.now() - started }),
  );
  await jest.advanceTimersByTimeAsync(30_000);
  return Promise.race([outcome, Promise.reject(new Error('It still tries after 30 seconds'))]);
}

describe('retryOnContention', () => {
  it.each([0, 1, 5])('answers the result after %d conflicts', async (conflicts) => {
    const operation = contendedFor(conflicts);
    expect(await outcomeOf(operation)).toMatchObject({ result: 'done' });
    expect(operation).toHaveBeenCalledTimes(conflicts + 1);
  });

  it.each<[string, Error]>([
    ['an error of the application', notFound('product')],
    ['any other error', new Error('broken')],
  ])('throws on at once %s', async (_, failure) => {
    const operation = jest.fn(() => Promise.reject(failure));
    expect(await outcomeOf(operation)).toEqual({ error: failure, elapsed: 0 });
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['the longest pauses', () => 0.999],
    ['pauses of middle length', () => 0.5],
    ['short pauses', () => 0.1],
    ['random pauses', Math.random],
  ])('gives up with busy after about seven seconds of contention, with %s', async (_, random) => {
    jest.spyOn(Math, 'random').mockImplementation(random);
    const operation = contendedFor(Infinity);
    const { elapsed, ...outcome } = await outcomeOf(operation);

    expect(outcome).toEqual({ error: busy(new Contention()) });
    expect(elapsed).toBeGreaterThan(6_500);
    expect(elapsed).toBeLessThanOrEqual(7_000);
  });

  it('gives up with busy at the third throttling, whatever else there was between', async () => {
    const failures = [new Throttling(), new Contention(), new Throttling(), new Contention(), new Throttling()];
    const operation = jest.fn(() => Promise.reject<string>(failures.shift() ?? new Error('once more')));
    const { elapsed, ...outcome } = await outcomeOf(operation);
    expect(outcome).toEqual({ error: busy(new Throttling()) });
    expect(operation).toHaveBeenCalledTimes(5);
  });

  it('gives up with busy where another try would not end before the deadline', async () => {
    const { elapsed, ...outcome } = await outcomeOf(contendedFor(Infinity), longestTry + 300);
    expect(outcome).toEqual({ error: busy(new Contention()) });
    expect(elapsed).toBeLessThanOrEqual(300);
  });

  it.each([500, 1_000, 2_000, 2_400])(
    'gives up within the functions’ timeout when an attempt takes %d ms',
    async (milliseconds) => {
      const { elapsed, ...outcome } = await outcomeOf(contendedFor(Infinity, milliseconds));
      expect(outcome).toEqual({ error: busy(new Contention()) });
      expect(elapsed).toBeLessThan(7_000 + milliseconds);
      expect(elapsed).toBeLessThan(9_500);
    },
  );

  it('pauses longer the more often it failed, but never for long', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const times: number[] = [];
    await outcomeOf(() => {
      times.push(Date.now());
      return Promise.reject(new Contention());
    });
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));

    expect(pauses.slice(0, 5)).toEqual([...pauses.slice(0, 5)].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThan(50);
    expect(Math.max(...pauses)).toBeLessThan(1_000);
    expect(times.length).toBeGreaterThan(10);
    expect(times.length).toBeLessThan(60);
  });

  it('spreads callers who meet at once', async () => {
    const ends = Array.from({ length: 10 }, () => outcomeOf(contendedFor(3)).then(({ elapsed }) => elapsed));
    expect(new Set(await Promise.all(ends)).size).toBeGreaterThan(3);
  });
});
