/** What is measured: the deployed handlers, and the baselines they are held against, with the calls that each gets. */
import { statSync } from 'node:fs';
import type { KeyServer } from '../test/support/key-server';
import { question } from '../test/support/authorizer-question';
import { fakeEvent } from '../test/support/events';
import { accessClaims, sign } from '../test/support/tokens';
import { bundleBaseline, bundleFunction, type Bundle } from './bundle';
import { productFields, type Catalogue } from './catalogue';

export interface Subject {
  name: string;
  /** The name of the baseline. */
  bare: string;
  bundle: Bundle;
  /** The events of this many calls that go well. `first` keeps them apart from those of other calls on the same catalogue. */
  events(catalogue: Catalogue, count: number, first?: number): unknown[];
  /** Variables of its own. */
  environment?: Record<string, string>;
}

type Calls = Subject['events'];

/** One event after the other, each with a number and a request id that no other has. */
const numbered =
  (make: (number: number, catalogue: Catalogue) => ReturnType<typeof fakeEvent>): Calls =>
  (catalogue, count, first = 0) =>
    Array.from({ length: count }, (_, index) => {
      const event = make(first + index, catalogue);
      return { ...event, requestContext: { ...event.requestContext, requestId: `request-${first + index}` } };
    });

/** One of the list, in turn. */
const pick = (list: string[], number: number) => list[number % list.length] ?? '';

const create = numbered((number, { categories }) =>
  fakeEvent({ routeKey: 'POST /products', body: productFields(`SKU-${number}`, pick(categories, number)) }),
);
const update = numbered((number, { products }) =>
  fakeEvent({
    routeKey: 'PATCH /products/{productId}',
    path: { productId: pick(products, number) },
    body: { name: `Blue shoe ${number}`, price: { amount: number }, stockCount: number },
  }),
);
const get = numbered((number, { products }) =>
  fakeEvent({ routeKey: 'GET /products/{productId}', path: { productId: pick(products, number) } }),
);
const list = numbered(() => fakeEvent({ routeKey: 'GET /products' }));

/** A call per token would measure the library's cache as well; a token is good for many calls in truth, too. */
function authorize({ stack }: KeyServer): Calls {
  const token = sign(accessClaims(stack, ['admin']));
  return (_, count) => Array.from({ length: count }, () => question('POST /products', `Bearer ${token}`));
}

/**
 * Another project's handler of `PUT /products/{id}`, where BENCH_PEER names its bundle. It finds its table in TABLE_NAME and
 * sends `pk` and `sk`, as the table here asks for.
 */
function peer(): Subject[] {
  const { BENCH_PEER: file } = process.env;
  if (file === undefined) return [];
  const put = numbered((number) => {
    const id = `PEER-${number}`;
    const body = { id, name: `Red shoe ${number}`, price: 49 };
    return fakeEvent({ routeKey: 'PUT /products/{id}', path: { id }, body });
  });
  const bundle = { file, bytes: statSync(file).size, inputs: {} };
  return [{ name: 'peer', bare: 'bare-put', events: put, bundle }];
}

/** All of them, bundled. */
export async function subjects(keys: KeyServer): Promise<Subject[]> {
  const pool = { TOKEN_ISSUER: keys.pool.issuer, USER_POOL_CLIENT_ID: 'client', CONSOLE_CLIENT_ID: 'console' };
  const deployed = async (name: string, bare: string, events: Calls, environment = {}): Promise<Subject> => {
    return { name, bare, events, environment, bundle: await bundleFunction(name) };
  };
  /** The same without a log, to tell what its line takes. */
  const silent = async (name: string, bare: string, events: Calls): Promise<Subject> => {
    return { ...(await deployed(name, bare, events, { LOG_LEVEL: 'SILENT' })), name: `${name}, no log` };
  };
  const baseline = async (name: string, bare: string, events: Calls): Promise<Subject> => {
    return { name, bare, events, bundle: await bundleBaseline(name) };
  };
  const ours = await Promise.all([
    baseline('floor', 'bare-put', create),
    baseline('bare-put', 'bare-put', create),
    baseline('bare-create', 'bare-create', create),
    deployed('create-product', 'bare-create', create),
    silent('create-product', 'bare-create', create),
    deployed('update-product', 'bare-put', update),
    deployed('authorize', 'bare-put', authorize(keys), pool),
    baseline('bare-get', 'bare-get', get),
    deployed('get-product', 'bare-get', get),
    silent('get-product', 'bare-get', get),
    baseline('bare-query', 'bare-query', list),
    deployed('list-products', 'bare-query', list),
  ]);
  return [...ours, ...peer()];
}
