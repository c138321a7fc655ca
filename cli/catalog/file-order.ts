/** Puts results into the order of the file, since rows need not be done in it. */

/**
 * A result waits for those of all rows before it, but no longer than until there are no more results. `rows` is how
 * many rows the file has.
 */
export async function* inFileOrder<Result extends { position: number }>(
  results: AsyncIterable<Result>,
  rows: number,
): AsyncGenerator<Result> {
  const waiting = new Map<number, Result>();
  let next = 0;
  function* upTo(end: () => boolean) {
    for (; next < rows && !end(); next += 1) {
      const result = waiting.get(next);
      if (result) yield result;
      waiting.delete(next);
    }
  }
  try {
    for await (const result of results) {
      waiting.set(result.position, result);
      yield* upTo(() => !waiting.has(next));
    }
  } catch (error) {
    yield* upTo(() => false);
    throw error;
  }
  yield* upTo(() => false);
}
