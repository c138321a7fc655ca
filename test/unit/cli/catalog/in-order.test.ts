import { setImmediate as turn } from 'node:timers/promises';
import { inOrder } from '../../../../cli/catalog/in-order';

const running = new AbortController().signal;

/** Tasks by their numbers. */
async function* tasksOf(count: number, run: (number: number) => Promise<void>): AsyncGenerator<() => Promise<number>> {
  for (let number = 0; number < count; number += 1) {
    await turn();
    yield async () => {
      await run(number);
      return number;
    };
  }
}

async function turns(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) await turn();
}

async function collect(tasks: AsyncIterable<() => Promise<number>>, concurrency: number, signal = running) {
  const made: number[] = [];
  const failure = await (async () => {
    for await (const one of inOrder(tasks, { concurrency, signal })) made.push(one);
  })().catch((error: unknown) => error);
  return { made, failure };
}

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

describe('inOrder', () => {
  it.each([1, 3, 8])('has %i tasks under way at most, and as many where there are enough', async (concurrency) => {
    const load = { now: 0, most: 0 };
    const tasks = tasksOf(50, async (number) => {
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      await turns(20 + (number % 5));
      load.now -= 1;
    });
    expect(await collect(tasks, concurrency)).toEqual({ made: numbers(50), failure: undefined });
    expect(load.most).toBe(concurrency);
  });

  it('goes on while the first is slow, but not for ever', async () => {
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const begun: number[] = [];
    const tasks = tasksOf(50, async (number) => {
      begun.push(number);
      if (number === 0) await slow;
    });
    const all = collect(tasks, 4);
    await turns(200);
    expect(begun).toEqual(numbers(8));
    finish();
    expect((await all).made).toEqual(numbers(50));
  });

  it('begins none once aborted, and gives what those under way make', async () => {
    const interruption = new AbortController();
    const tasks = tasksOf(50, async (number) => {
      if (number === 5) interruption.abort();
      await turns(50);
    });
    expect(await collect(tasks, 4, interruption.signal)).toEqual({ made: numbers(6), failure: undefined });
  });

  it('gives what those under way make, and throws, where there are no more tasks for a failure', async () => {
    const failure = new Error('No');
    async function* tasks() {
      yield* tasksOf(3, () => turns(50));
      throw failure;
    }
    expect(await collect(tasks(), 4)).toEqual({ made: numbers(3), failure });
  });

  it('begins none once one has failed, gives what the others under way make, and throws', async () => {
    const failure = new Error('No');
    const begun: number[] = [];
    const tasks = tasksOf(50, async (number) => {
      begun.push(number);
      if (number === 1) throw failure;
      await turns(50);
    });
    const { made, failure: thrown } = await collect(tasks, 4);
    expect(thrown).toBe(failure);
    expect(begun.length).toBeLessThan(6);
    expect(made).toEqual(begun.filter((number) => number !== 1));
  });
});
