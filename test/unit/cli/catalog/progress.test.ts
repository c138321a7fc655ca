import { progressText, startProgress } from '../../../../cli/catalog/progress';

describe('progressText', () => {
  it.each([
    [0, 10_000, 0, '0 of 10,000 (0 %), 0.0 per second'],
    [250, 10_000, 4, '250 of 10,000 (2 %), 63 per second, 2 min 36 s left'],
    [9_999, 10_000, 100, '9,999 of 10,000 (99 %), 100 per second, 1 s left'],
    [10_000, 10_000, 100, '10,000 of 10,000 (100 %), 100 per second'],
    [1, 7_300, 1, '1 of 7,300 (0 %), 1.0 per second, 2 h 1 min left'],
    [20_000, 10_000, 4, '20,000 of 10,000 (200 %), 5,000 per second'],
    [0, 0, 1, '0 of 0 (100 %), 0.0 per second'],
    [1_234, undefined, 2, '1,234, 617 per second'],
  ])('for %i of %i after %i s is "%s"', (done, total, seconds, text) => {
    expect(progressText(done, total, seconds)).toBe(text);
  });
});

describe('startProgress', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function watch(isTTY: boolean) {
    const written: string[] = [];
    const stream = Object.assign(Object.create(process.stderr), { isTTY, write: (text: string) => written.push(text) });
    const progress = startProgress(stream);
    progress.expect(40);
    return { progress, written };
  }

  it('rewrites one line in a terminal, and takes it away at the end', () => {
    const { progress, written } = watch(true);
    progress.add();
    jest.advanceTimersByTime(1_000);
    expect(new Set(written.map((text) => text.slice(0, 4)))).toEqual(new Set(['\r\u001b[K']));
    expect(written.at(-1)).toBe('\r\u001b[K1 of 40 (2 %), 1.0 per second, 39 s left');
    expect(progress.end()).toBe('1 in 1.0 s (1.0 per second)');
    expect(written.at(-1)).toBe('\r\u001b[K');
    const before = written.length;
    jest.advanceTimersByTime(60_000);
    expect(written).toHaveLength(before);
  });

  it('writes a line every five seconds elsewhere', () => {
    const { progress, written } = watch(false);
    for (let second = 1; second <= 14; second += 1) {
      jest.advanceTimersByTime(1_000);
      progress.add();
    }
    expect(written).toEqual([
      '4 of 40 (10 %), 0.8 per second, 45 s left\n',
      '9 of 40 (22 %), 0.9 per second, 35 s left\n',
    ]);
    progress.end();
  });
});
