/** Results in the order of the file: rows need not be done in it, and are told of in it all the same. */

/**
 * What is known of a row waits for the results of those before it, and no longer than until there are no more. `lines` are those of
 * all rows, in their order.
 */
export async function* inFileOrder<Result extends { line: number }>(
  results: AsyncIterable<Result>,
  lines: readonly number[],
): AsyncGenerator<Result> {
  const waiting = new Map<number, Result>();
  let next = 0;
  function* upTo(end: () => boolean) {
    for (; next < lines.length && !end(); next += 1) {
      const line = lines[next] ?? 0;
      const result = waiting.get(line);
      if (result) yield result;
      waiting.delete(line);
    }
  }
  try {
    for await (const result of results) {
      waiting.set(result.line, result);
      yield* upTo(() => !waiting.has(lines[next] ?? 0));
    }
  } catch (error) {
    yield* upTo(() => false);
    throw error;
  }
  yield* upTo(() => false);
}
