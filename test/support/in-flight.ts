/** Many calls, some of them at a time. */

/** Calls for every item, at most `width` of them at once, and answers the results in the items' order. */
export async function inFlight<Item, Result>(
  items: readonly Item[],
  width: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [position, item] of waiting) results[position] = await call(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
