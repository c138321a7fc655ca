/** The receivers that docs/events.md shows, run as they stand there: right in the end, however real events come. */
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as documentClient from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { handler as publish } from '../../functions/publish-events';
import { bulk } from '../support/bulk';
import { createCategory, createProduct, productFields, send } from '../support/catalog';
import { rounds } from '../support/depth';
import { startBus, type Delivered } from '../support/event-bridge';
import { matches } from '../support/event-pattern';
import { drain, readStream } from '../support/event-stream';
import { fakeContext } from '../support/events';
import { largestProduct } from '../support/largest-product';
import { Site } from '../support/next-site';
import { startOpenSearch } from '../support/open-search';
import { loadFromPage } from '../support/page-modules';
import { queuePattern } from '../support/queue-rule';
import { places, randomWrite } from '../support/random-products';
import { sendWrite } from '../support/random-writes';
import { productIn, productsIn } from '../support/representations';
import { remove, restore } from '../support/restorations';

const page = 'docs/events.md';
const site = new Site();
let events: Delivered[];
/** Of products whose events come in an order of their own. */
const ids = { deleted: '', restored: '' };

async function lookAtSite(): Promise<void> {
  const answer = await send('GET /products', { query: { limit: '100' }, groups: ['user'] });
  site.visit(productsIn(answer).items);
}

/** Does all that can be done to products, and looks at the shop in between. */
async function writeHistories(): Promise<void> {
  const { id: categoryId } = await createCategory();
  const { attributes, ...rest } = largestProduct('x');
  const most = Object.fromEntries(Object.entries(attributes).slice(0, 45));
  await bulk([{ ...productFields(categoryId), ...rest, attributes: most }]);
  for (const which of ['deleted', 'restored'] as const) {
    const { id } = await createProduct(categoryId, { slug: which });
    ids[which] = id;
    await lookAtSite();
    await send('PATCH /products/{productId}', { id, body: { slug: `${which}-later` } });
    await lookAtSite();
    await remove(id);
  }
  await restore(ids.restored);
  const known = new Map<number, { id: string; gone: boolean }>();
  for (const write of fc.sample(randomWrite, rounds(60))) {
    const there = known.get(write.place % places);
    const kind = there === undefined ? 'create' : there.gone ? write.ifDeleted : write.ifLive;
    const answer = await sendWrite(kind, there?.id ?? '', 'sub', categoryId, write);
    if (answer.status >= 300) continue;
    const id = answer.status === 204 ? (there?.id ?? '') : productIn(answer).id;
    known.set(write.place % places, { id, gone: answer.status === 204 });
    await lookAtSite();
  }
}

beforeAll(async () => {
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = process.env['DYNAMODB_ENDPOINT'];
  const bus = await startBus();
  await writeHistories();
  await drain(await readStream(), (batch) => publish(batch, fakeContext(30_000)));
  bus.stop();
  events = bus.delivered;
});

/** Each of them twice, in any order. */
const disordered = (some: Delivered[]): Delivered[] =>
  fc.sample(fc.shuffledSubarray([...some, ...some], { minLength: 2 * some.length }), 1).flat();
const isOfProduct = ({ 'detail-type': type }: Delivered) => type.startsWith('product.');

/** What a reader of the API gets. */
async function readProduct(id: string): Promise<unknown> {
  const { status, body } = await send('GET /products/{productId}', { id, groups: ['user'] });
  return status === 404 ? null : body;
}

/** What the page leaves to its reader; it fails first as often as it is told to. */
const catalogue = {
  failures: 0,
  readProduct(id: string): Promise<unknown> {
    if (catalogue.failures === 0) return readProduct(id);
    catalogue.failures -= 1;
    return Promise.reject(new Error('The API does not answer'));
  },
};

interface Receiver {
  take(some: Delivered[]): Promise<void>;
  /** What is to be seen there of a product; null where nothing is. */
  shown(id: string): Promise<unknown>;
  stop(): Promise<unknown>;
}

type Take = (event: Delivered) => Promise<void>;
const takeModule = z.object({ take: z.custom<Take>((value) => typeof value === 'function') });
const client = new dynamodb.DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT'] ?? '' });
const documents = documentClient.DynamoDBDocumentClient.from(client);
const TableName = 'copies';

const loadTake = () =>
  loadFromPage(page, 'take.ts', {
    '@aws-sdk/client-dynamodb': dynamodb,
    '@aws-sdk/lib-dynamodb': documentClient,
    './catalogue': catalogue,
  });

/** The table of the page, and what it shows. */
async function createCopies(): Promise<Omit<Receiver, 'take'>> {
  await client.send(
    new dynamodb.CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  return {
    async shown(id) {
      const { Item } = await documents.send(new documentClient.GetCommand({ TableName, Key: { id } }));
      return JSON.parse(String(Item?.['product'])) as unknown;
    },
    stop: () => client.send(new dynamodb.DeleteTableCommand({ TableName })),
  };
}

async function startTable(): Promise<Receiver> {
  const { take } = takeModule.parse(loadTake());
  return {
    ...(await createCopies()),
    async take(some) {
      for (const event of some.filter(isOfProduct)) await take(event);
    },
  };
}

interface Messages {
  Records: { messageId: string; body: string }[];
}
type TakeMessages = (messages: Messages) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
const queueModule = z.object({ handler: z.custom<TakeMessages>((value) => typeof value === 'function') });

/** The rule and the function of the page; what the function fails at comes again, as SQS has it. */
async function startQueue(): Promise<Receiver> {
  const { handler } = queueModule.parse(loadFromPage(page, 'queue.ts', { './take': loadTake() }));
  const pattern = queuePattern();
  return {
    ...(await createCopies()),
    async take(some) {
      const queue = some
        .filter((event) => matches(pattern, event))
        .map((event, position) => ({ messageId: String(position), body: JSON.stringify(event) }));
      catalogue.failures = 1;
      let again = 0;
      while (queue.length > 0) {
        const batch = queue.splice(0, 10);
        const { batchItemFailures } = await handler({ Records: batch });
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        queue.push(...batch.filter(({ messageId }) => failed.has(messageId)));
        again += failed.size;
      }
      // A shortened event, where there was one.
      expect(again).toBe(1 - catalogue.failures);
    },
  };
}

const indexModule = z.object({ index: z.custom<Take>((value) => typeof value === 'function') });

async function startIndex(): Promise<Receiver> {
  const search = await startOpenSearch();
  process.env['OPENSEARCH'] = search.url;
  const { index } = indexModule.parse(loadFromPage(page, 'opensearch.ts', { './catalogue': catalogue }));
  return {
    async take(some) {
      for (const event of some.filter(isOfProduct)) await index(event);
    },
    shown: (id) => Promise.resolve(search.found(id)),
    stop: () => search.stop(),
  };
}

describe.each([
  ['a table of copies', startTable],
  ['a queue', startQueue],
  ['an index in OpenSearch', startIndex],
])('%s', (_, start) => {
  let receiver: Receiver;
  beforeEach(async () => (receiver = await start()));
  afterEach(() => receiver.stop());

  it.each([
    ['deleted', 'an update that its deletion has overtaken', [1, 3, 2]],
    ['deleted', 'all of it the wrong way round, and once more', [3, 2, 1, 3, 2, 1]],
    ['deleted', 'its creation again after all', [1, 2, 3, 1]],
    ['restored', 'its deletion after its restoration', [1, 2, 4, 3]],
    ['restored', 'what was before it was restored, twice', [4, 1, 2, 3, 1, 2, 3]],
  ] as const)('is right on a %s product that brings %s', async (which, _case, versions) => {
    const own = new Map(
      events.filter(({ detail }) => detail.id === ids[which]).map((event) => [event.detail.version, event]),
    );
    await receiver.take(versions.flatMap((version) => own.get(version) ?? []));
    const product = await readProduct(ids[which]);
    expect(await receiver.shown(ids[which])).toEqual(product);
    expect(product === null).toBe(which === 'deleted');
  });

  it('is right on every product in the end, though all events come twice and in any order', async () => {
    const all = [...new Set(events.filter(isOfProduct).map(({ detail }) => detail.id))];
    await receiver.take(disordered(events));
    for (const id of all) expect([id, await receiver.shown(id)]).toEqual([id, await readProduct(id)]);
  });
});

it('a bus that also has events of categories, and a shortened one, is what these have heard', () => {
  expect(events.some((event) => !isOfProduct(event))).toBe(true);
  expect(events.filter(({ detail }) => detail['shortened'] === true)).toHaveLength(1);
});

describe('a shop in Next.js', () => {
  type Post = (request: Request) => Promise<Response>;
  const routeModule = z.object({ POST: z.custom<Post>((value) => typeof value === 'function') });
  const route = 'app/hooks/catalogue/route.ts';
  const { POST } = routeModule.parse(loadFromPage(page, route, { 'next/cache': site }));
  const post = (event: Delivered, key: string) =>
    POST(
      new Request('https://shop.example.com/hooks/catalogue', {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'x-api-key': key },
        body: JSON.stringify(event),
      }),
    );
  beforeAll(() => {
    process.env['CATALOGUE_KEY'] = 'the key';
  });

  it('makes no page anew for who has not its key', async () => {
    const before = site.stale();
    for (const event of events) expect((await post(event, 'another')).status).toBe(401);
    site.lookAround();
    expect(site.stale()).toEqual(before);
  });

  it('makes the pages anew of the address that a product has, and of the one that it had', async () => {
    const addresses = ['/products/restored', '/products/restored-later'];
    expect(site.stale()).toEqual(expect.arrayContaining(addresses));
    const renamed = events.filter(({ detail }) => detail.id === ids.restored && detail.version === 2);
    for (const event of renamed) await post(event, 'the key');
    site.lookAround();
    expect(site.stale().filter((path) => addresses.includes(path))).toEqual([]);
  });

  it('shows every page as it is in the end, whatever was kept, though all events come twice and in any order', async () => {
    expect(site.stale().length).toBeGreaterThan(1);
    for (const event of disordered(events)) {
      expect((await post(event, 'the key')).status).toBe(204);
      site.lookAround();
    }
    expect(site.stale()).toEqual([]);
  });
});
