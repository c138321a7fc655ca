/** Does many small reads at a time, but no more than the SDK has connections for: it warns of each one beyond those. */
const mostConnections = 50;

/** What `read` makes of each, in the same order. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
  mostInFlight = mostConnections,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [place, item] of waiting) results[place] = await read(item);
  };
  await Promise.all(Array.from({ length: mostInFlight }, work));
  return results;
}
