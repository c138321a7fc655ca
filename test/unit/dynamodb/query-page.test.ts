import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type BatchGetCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { queryPage, type Listing, type Page } from '../../../src/dynamodb/page';
import { rounds } from '../../support/depth';
import { mockClient } from '../../support/mock-client';

// The local engines never cut a query of small items short, as DynamoDB does at 1 MB.
const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamodb.reset());

interface Entry {
  partition: string;
  id: string;
  /** Read by a query, but not in its result: a page may be empty and still have a next key. */
  hidden?: boolean;
}

/** Answers queries from these entries as DynamoDB does; `cut` says how many a query reads before it reaches 1 MB. */
function playIndex(entries: Entry[], cut: () => number = () => Infinity): void {
  dynamodb.reset();
  dynamodb.on(QueryCommand).callsFake((input: QueryCommandInput) => {
    const values: Record<string, unknown> = input.ExpressionAttributeValues ?? {};
    const after = values[':after'];
    const ascending = input.ScanIndexForward !== false;
    const following = entries
      .filter((entry) => entry.partition === values[':partition'])
      .filter(({ id }) => typeof after !== 'string' || (ascending ? id > after : id < after))
      .sort((a, b) => (a.id < b.id === ascending ? -1 : 1));
    const stop = Math.min(input.Limit ?? Infinity, cut());
    const read = following.slice(0, stop);
    const last = read.at(-1);
    return {
      Items: read.filter(({ hidden }) => !hidden).map(({ id }) => ({ pk: id, sk: 'PRODUCT', id })),
      ...(last && read.length === stop ? { LastEvaluatedKey: { id: last.id } } : {}),
    };
  });
}

const listing = (change: Partial<Listing> = {}): Listing => ({
  index: 'by-status',
  partitionKey: 'status',
  partition: 'a',
  sortKey: 'id',
  order: 'ascending',
  limit: 3,
  ...change,
});
const readPage = (change: Partial<Listing> = {}) => queryPage(listing(change), (item: { id: string }) => item.id);

/** Every page of a listing, following its tokens. */
async function walk(change: Partial<Listing>): Promise<Page<string>[]> {
  const pages: Page<string>[] = [];
  for (let after: string | undefined; pages.length < 500;) {
    const page = await readPage({ ...change, ...(after === undefined ? {} : { after }) });
    pages.push(page);
    if (page.nextToken === undefined) return pages;
    after = page.nextToken;
  }
  throw new Error('The pages do not end');
}

const entriesOf = (partitions: Record<string, string>): Entry[] =>
  Object.entries(partitions).flatMap(([partition, ids]) => Array.from(ids, (id) => ({ partition, id })));

describe('queryPage', () => {
  it.each<[string, Partial<Listing>, Record<string, string>, Page<string>]>([
    ['lists in ascending order', {}, { a: '321' }, { items: ['1', '2', '3'] }],
    ['lists in descending order', { order: 'descending' }, { a: '123' }, { items: ['3', '2', '1'] }],
    ['continues after a key', { after: '3' }, { a: '12345' }, { items: ['4', '5'] }],
    ['continues after a key that is gone', { after: '3' }, { a: '1245' }, { items: ['4', '5'] }],
    ['continues in descending order', { order: 'descending', after: '4' }, { a: '12345' }, { items: ['3', '2', '1'] }],
    ['has no token when the page is not full', {}, { a: '12' }, { items: ['1', '2'] }],
    ['has no token when the page is just full', {}, { a: '123' }, { items: ['1', '2', '3'] }],
    ['has a token when one more follows', {}, { a: '1234' }, { items: ['1', '2', '3'], nextToken: '3' }],
    ['is empty without items', {}, {}, { items: [] }],
    ['reads its partition alone', { partition: 'b' }, { a: '1', b: '2' }, { items: ['2'] }],
  ])('%s', async (_, change, partitions, page) => {
    playIndex(entriesOf(partitions));
    expect(await readPage(change)).toEqual(page);
    expect(dynamodb.calls()).toHaveLength(1);
  });

  it('ends the page where its query was cut short', async () => {
    playIndex(entriesOf({ a: '123' }), () => 2);
    expect(await readPage()).toEqual({ items: ['1', '2'], nextToken: '2' });
  });

  it.each(['ascending', 'descending'] as const)(
    'has a token in %s order when a query read nothing that shows',
    async (order) => {
      playIndex([{ partition: 'a', id: '5', hidden: true }], () => 1);
      expect(await readPage({ order })).toEqual({ items: [], nextToken: '5' });
    },
  );

  const entries = fc.uniqueArray(
    fc.record({
      partition: fc.constantFrom('a', 'a', 'a', 'elsewhere'),
      id: fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0')),
      hidden: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.boolean() }),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );
  const order = fc.constantFrom('ascending' as const, 'descending' as const);
  const limit = fc.integer({ min: 1, max: 8 });
  const expected = (all: Entry[], direction: Listing['order']) => {
    const ids = all.filter(({ partition, hidden }) => partition !== 'elsewhere' && !hidden).map(({ id }) => id);
    return direction === 'ascending' ? ids.sort() : ids.sort().reverse();
  };

  it('finds every item once, in order, however queries are cut short', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(entries, order, limit, cuts, async (all, direction, size, lengths) => {
        let query = 0;
        playIndex(all, () => lengths[query++ % lengths.length] ?? 1);
        const pages = await walk({ order: direction, limit: size });

        expect(pages.flatMap(({ items }) => items)).toEqual(expected(all, direction));
        expect(pages.filter(({ items }) => items.length > size)).toEqual([]);
      }),
      { numRuns: rounds(300) },
    );
  });

  it('fills every page but the last, and has a token exactly when something follows', async () => {
    await fc.assert(
      fc.asyncProperty(entries, order, limit, async (all, direction, size) => {
        const shown = all.filter(({ hidden }) => !hidden);
        playIndex(shown);
        const pages = await walk({ order: direction, limit: size });
        const ids = expected(shown, direction);

        expect(pages.flatMap(({ items }) => items)).toEqual(ids);
        expect(pages).toHaveLength(Math.max(1, Math.ceil(ids.length / size)));
      }),
      { numRuns: rounds(200) },
    );
  });
});

describe('queryPage of an index that has keys alone', () => {
  const whole: Partial<Listing> = { keysOnly: true };
  const keys = (ids: string) => Array.from(ids, (id) => ({ partition: 'a', id }));
  type Table = Record<string, { id: string; left?: string }>;

  /** Answers reads by key from this table, so many keys at a time. */
  function playTable(table: Table, atOnce = Infinity): void {
    dynamodb.on(BatchGetCommand).callsFake(({ RequestItems = {} }: BatchGetCommandInput) => {
      const [[name, { Keys = [] }] = ['', {}]] = Object.entries(RequestItems);
      // Out of order, as DynamoDB answers.
      const found = Keys.slice(0, atOnce)
        .reverse()
        .flatMap(({ pk }) => table[String(pk)] ?? []);
      const rest = Keys.slice(atOnce);
      return {
        Responses: { [name]: found.map((item) => ({ ...item, pk: item.id, sk: 'PRODUCT' })) },
        UnprocessedKeys: rest.length > 0 ? { [name]: { Keys: rest } } : {},
      };
    });
  }
  const tableOf = (ids: string): Table => Object.fromEntries(Array.from(ids, (id) => [id, { id }]));

  it('reads the items by their keys, as the last acknowledged write left them, in the order of the index', async () => {
    playIndex(keys('12345'));
    playTable(tableOf('12345'));
    expect(await readPage(whole)).toEqual({ items: ['1', '2', '3'], nextToken: '3' });
    const [{ args: [read] } = { args: [undefined] }] = dynamodb.commandCalls(BatchGetCommand);
    const [request] = Object.values(read?.input.RequestItems ?? {});
    expect(request).toEqual({ Keys: ['1', '2', '3'].map((pk) => ({ pk, sk: 'PRODUCT' })), ConsistentRead: true });
  });

  it('leaves out items that are gone meanwhile, and still has a token', async () => {
    playIndex(keys('12345'));
    playTable(tableOf('145'));
    expect(await readPage(whole)).toEqual({ items: ['1'], nextToken: '3' });
    playTable(tableOf('45'));
    expect(await readPage(whole)).toEqual({ items: [], nextToken: '3' });
  });

  it('leaves out what `read` makes nothing of', async () => {
    playIndex(keys('123'));
    playTable(tableOf('123'));
    const odd = ({ id }: { id: string }) => (id === '2' ? undefined : id);
    expect(await queryPage(listing(whole), odd)).toEqual({ items: ['1', '3'] });
  });

  it('asks again for what was given back unread', async () => {
    playIndex(keys('123'));
    playTable(tableOf('123'), 1);
    expect(await readPage(whole)).toEqual({ items: ['1', '2', '3'] });
    expect(dynamodb.commandCalls(BatchGetCommand)).toHaveLength(3);
  });

  it('asks for no items where the index has none', async () => {
    playIndex([]);
    expect(await readPage(whole)).toEqual({ items: [] });
    expect(dynamodb.commandCalls(BatchGetCommand)).toEqual([]);
  });

  it('throws busy where nothing is read in the end', async () => {
    jest.useFakeTimers();
    playIndex(keys('123'));
    playTable(tableOf('123'), 0);
    const refused = expect(readPage(whole)).rejects.toMatchObject({ code: 'busy' });
    await jest.advanceTimersByTimeAsync(10_000);
    await refused;
    jest.useRealTimers();
  });
});
