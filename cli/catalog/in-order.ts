/** Tasks side by side, a bounded number at a time, and what they make in the order of the tasks. */

interface Options {
  /** How many may be under way at once. */
  concurrency: number;
  /** Once aborted, no further task is begun. */
  signal: AbortSignal;
}

interface Run<Made> {
  made?: Made;
  hasEnded: boolean;
  end: Promise<void>;
}

/**
 * What was begun comes to its end; then throws what the first task that failed, or `tasks` itself, has thrown. After a failure,
 * none is begun. What waits for an earlier task is bounded, too.
 */
export async function* inOrder<Made>(
  tasks: AsyncIterable<() => Promise<Made>>,
  { concurrency, signal }: Options,
): AsyncGenerator<Made> {
  const failures: unknown[] = [];
  const underWay = new Set<Run<Made>>();
  const waiting: Run<Made>[] = [];

  function begin(task: () => Promise<Made>): void {
    const run: Run<Made> = { hasEnded: false, end: Promise.resolve() };
    run.end = task()
      .then((made) => void (run.made = made))
      .catch((error: unknown) => void failures.push(error))
      .then(() => {
        run.hasEnded = true;
        underWay.delete(run);
      });
    underWay.add(run);
    waiting.push(run);
  }

  try {
    for await (const task of tasks) {
      if (signal.aborted || failures.length > 0) break;
      begin(task);
      while (underWay.size >= concurrency || waiting.length >= 2 * concurrency) {
        await Promise.race((underWay.size >= concurrency ? [...underWay] : waiting.slice(0, 1)).map(({ end }) => end));
        yield* takeEnded(waiting);
      }
    }
  } catch (error) {
    failures.push(error);
  }
  await Promise.all(waiting.map(({ end }) => end));
  yield* takeEnded(waiting);
  if (failures.length > 0) throw failures[0];
}

/** What those have made that no unfinished one stands before. */
function* takeEnded<Made>(waiting: Run<Made>[]): Generator<Made> {
  for (let [first] = waiting; first?.hasEnded; [first] = waiting) {
    waiting.shift();
    if (first.made !== undefined) yield first.made;
  }
}
