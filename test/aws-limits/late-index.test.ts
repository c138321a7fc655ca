/** An index that lags behind its table, behind the limits of AWS. */
import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { between } from '../../bench/aws-limits/latency';
import { eventually } from '../support/eventually';
import { startLimited, newKey, type Key } from '../support/limited';

const { TABLE_NAME: TableName = '' } = process.env;
let limited: Awaited<ReturnType<typeof startLimited>>;
/** Where a test holds them, the entries on their way to the index, in the order in which they were written. */
let held: (() => void)[] | undefined;

beforeAll(async () => {
  const lag = between(0, 500);
  limited = await startLimited({
    indexLag: (signal) => {
      const arrivals = held;
      return arrivals ? new Promise<void>((arrive) => arrivals.push(arrive)) : lag(signal);
    },
  });
});
afterAll(() => limited.stop());

describe('a late index', () => {
  const count = 40;
  const numbered = (number: number) => String(number).padStart(3, '0');
  const itemsOf = (gsi1pk: string) =>
    Array.from({ length: count }, (_, number) => ({ ...newKey(), gsi1pk, gsi1sk: numbered(number), version: 1 }));
  const putLate = (Item: object) => limited.documents.send(new PutCommand({ TableName, Item: { ...Item } }));

  async function read(gsi1pk: string, Limit = 100): Promise<Record<string, unknown>[][]> {
    const pages: Record<string, unknown>[][] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await limited.documents.send(
        new QueryCommand({
          ...{ TableName, IndexName: 'by-status', Limit, ExclusiveStartKey: start },
          KeyConditionExpression: 'gsi1pk = :partition',
          ExpressionAttributeValues: { ':partition': gsi1pk },
        }),
      );
      pages.push(page.Items ?? []);
      start = page.LastEvaluatedKey;
    } while (start);
    return pages;
  }

  it('has every item in the end, each in its own time, and pages as an index does', async () => {
    const gsi1pk = randomUUID();
    const items = itemsOf(gsi1pk);
    const arrivals: (() => void)[] = [];
    held = arrivals;
    for (const item of items) await putLate(item);
    held = undefined;
    expect(arrivals).toHaveLength(count);
    expect((await read(gsi1pk)).flat()).toEqual([]);
    arrivals[7]?.();
    const seen = await eventually('item', async () => {
      const found = (await read(gsi1pk)).flat();
      return found.length > 0 && found;
    });
    expect(seen).toEqual([items[7]]);
    for (const arrive of arrivals) arrive();
    await limited.settled();
    const pages = await read(gsi1pk, 7);
    expect(pages.flat()).toEqual(items);
    expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 7, 5]);
  });

  it('has the last of several changes to an item, and never goes back', async () => {
    const [item] = itemsOf(randomUUID());
    for (let version = 1; version <= 20; version += 1) {
      const change = { UpdateExpression: 'SET version = :version', ExpressionAttributeValues: { ':version': version } };
      if (version === 1) await putLate({ ...item });
      else
        await limited.documents.send(new UpdateCommand({ TableName, Key: { pk: item?.pk, sk: item?.sk }, ...change }));
    }
    const seen: number[] = [];
    while (seen.at(-1) !== 20) {
      const [found] = (await read(String(item?.gsi1pk))).flat();
      if (found) seen.push(Number(found['version']));
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await limited.settled();
    expect((await read(String(item?.gsi1pk))).flat()).toEqual([{ ...item, version: 20 }]);
  });

  it('loses what is deleted, and has what is moved in one place in the end', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    const items = itemsOf(from);
    await Promise.all(items.map(putLate));
    const [gone, moved] = [items.slice(0, 5), items.slice(5, 10)];
    const delete_ = ({ pk, sk }: Key) => limited.documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    await Promise.all([...gone.map(delete_), ...moved.map((item) => putLate({ ...item, gsi1pk: to }))]);
    await limited.settled();
    expect((await read(from)).flat()).toEqual(items.slice(10));
    expect((await read(to)).flat()).toEqual(moved.map((item) => ({ ...item, gsi1pk: to })));
  });
});
