import { backoff, newGate, retryAfter } from '../../../../../cli/catalog/api/gate';

describe('retryAfter', () => {
  const now = Date.parse('2026-11-21T08:00:00Z');
  it.each([
    ['120', 120_000],
    [' 1 ', 1_000],
    ['0', 0],
    ['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('reads %j', (value, milliseconds) => {
    expect(retryAfter(new Headers({ 'retry-after': value }), now)).toBe(milliseconds);
  });

  it('is undefined without the header', () => {
    expect(retryAfter(new Headers())).toBeUndefined();
  });
});

describe('backoff', () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [5, 4_000, 8_000],
    [7, 15_000, 30_000],
    [30, 15_000, 30_000],
  ])('is different each time, after %i tries between %i and %i milliseconds', (tries, least, most) => {
    const pauses = Array.from({ length: 200 }, () => backoff(tries));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(most);
    expect(new Set(pauses).size).toBeGreaterThan(100);
  });
});

describe('newGate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const passing = async (pass: () => Promise<void>) => {
    const start = performance.now();
    await pass();
    return performance.now() - start;
  };

  it('is open at first', async () => {
    expect(await passing(newGate().pass)).toBe(0);
  });

  it('keeps everyone until the longest time is over, also those who wait already', async () => {
    const { close, pass } = newGate();
    close(100);
    const first = passing(pass);
    close(300);
    close(10);
    const times = Promise.all([first, passing(pass)]);
    await jest.advanceTimersByTimeAsync(1_000);
    for (const time of await times) {
      expect(time).toBeGreaterThanOrEqual(300);
      expect(time).toBeLessThanOrEqual(400);
    }
  });
});
