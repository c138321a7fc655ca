import { DeadlineError, deadlineSignal, isTimeFor, withinDeadline } from '../../src/deadline';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The signal as work finds it, and what became of the work. */
function begin(milliseconds: number, work: () => Promise<unknown>) {
  let signal: AbortSignal | undefined;
  const outcome = withinDeadline(milliseconds, () => {
    signal = deadlineSignal();
    return work();
  }).catch((error: unknown) => error);
  return { outcome, signal };
}

describe('withinDeadline', () => {
  it('answers what the work comes to in time, and aborts nothing', async () => {
    const { outcome, signal } = begin(1_000, () => after(999).then(() => 'done'));
    await jest.advanceTimersByTimeAsync(999);
    expect(await outcome).toBe('done');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(signal?.aborted).toBe(false);
  });

  it('throws DeadlineError when the time is up, and aborts what is under way', async () => {
    const { outcome, signal } = begin(1_000, () => after(60_000));
    await jest.advanceTimersByTimeAsync(999);
    expect(signal?.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome).toBeInstanceOf(DeadlineError);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toBeInstanceOf(DeadlineError);
  });

  it('throws on what the work throws, and aborts what the work has left under way', async () => {
    const failure = new Error('one of three');
    const { outcome, signal } = begin(1_000, () => Promise.all([after(500), Promise.reject(failure)]));
    expect(await outcome).toBe(failure);
    expect(signal?.aborted).toBe(true);
  });

  it('lets work that outlives its deadline find that one, and not that of other work', async () => {
    const found: unknown[] = [];
    const first = begin(1_000, async () => {
      await after(1_500);
      found.push(deadlineSignal()?.aborted, isTimeFor(0));
    });
    await jest.advanceTimersByTimeAsync(1_200);
    const second = begin(5_000, () => after(4_000));
    await jest.advanceTimersByTimeAsync(4_000);
    await Promise.all([first.outcome, second.outcome]);
    expect(found).toEqual([true, false]);
    expect(second.signal?.aborted).toBe(false);
  });
});

describe('isTimeFor', () => {
  it('is true for all that ends before the deadline, by the clock', async () => {
    const answers: boolean[] = [];
    const { outcome } = begin(1_000, async () => {
      await after(400);
      answers.push(isTimeFor(600), isTimeFor(601));
      // As in a process that was frozen: the clock has gone on, and no timer has rung yet.
      jest.setSystemTime(Date.now() + 601);
      answers.push(isTimeFor(0));
    });
    await jest.advanceTimersByTimeAsync(400);
    await outcome;
    expect(answers).toEqual([true, false, false]);
  });

  it('is false for what is left of work that has failed, whatever time there would have been', async () => {
    let answer: boolean | undefined;
    const left = async () => {
      await after(500);
      answer = isTimeFor(0);
    };
    const { outcome } = begin(10_000, () => Promise.all([left(), Promise.reject(new Error('one of two'))]));
    await outcome;
    await jest.advanceTimersByTimeAsync(500);
    expect(answer).toBe(false);
  });

  it('is true outside of any deadline', () => {
    expect(isTimeFor(1e9)).toBe(true);
    expect(deadlineSignal()).toBeUndefined();
  });
});
