/** All that comes, in an array, for what is known to be few: `Array.fromAsync` is not in Node 20. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
