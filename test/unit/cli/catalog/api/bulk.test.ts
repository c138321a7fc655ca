import { NoAnswer } from '../../../../../cli/catalog/api/answer';
import { sendBulk } from '../../../../../cli/catalog/api/bulk';
import { routesOf } from '../../../../../deployment/routes';
import { Failure } from '../../../../../deployment/failure';

interface Reply {
  status: number;
  body: unknown;
}
interface Request {
  skus: string[];
  dryRun: boolean;
  pause: number;
}

const rowsOf = (...skus: string[]) =>
  skus.map((sku, index) => ({ position: index + 2, line: index + 2, fields: { sku, version: 3 } }));
const changed = { action: 'changed', id: '1', version: 2, changes: [{ pointer: '/name', before: 'A', after: 'B' }] };
const created = { action: 'created', version: 1, changes: [{ pointer: '/sku', after: 'A' }] };
const unchanged = { action: 'unchanged', id: '1', version: 2, changes: [] };
const rejected = (status: number, code: string, more: object = {}) => ({
  action: 'rejected',
  problem: { status, code, detail: `The detail of ${code}`, ...more },
});
const busy = rejected(503, 'busy');
const notDone = rejected(413, 'row_not_done');
const results = (...list: unknown[]): Reply => ({ status: 200, body: { results: list } });

const noHistory = () => Response.json({ code: 'not_found' }, { status: 404 });
const historyOf = (action: string, at: number, changes: object[]) => () =>
  Response.json({ items: [{ version: 2, action, at: new Date(at).toISOString(), by: 'me', changes }] });

/** Sends rows to an API that answers so; what was asked of it comes back, too. */
async function sendTo(
  reply: (request: Request, number: number) => Reply,
  skus: string[],
  { dryRun = false, signal = new AbortController().signal, lost = false, history = noHistory } = {},
) {
  const requests: Request[] = [];
  let pause = 0;
  const routes = routesOf('http://localhost', async (sent) => {
    if (sent.method === 'GET') {
      expect(sent.url).toBe('http://localhost/admin/products/1/history?limit=1');
      return history();
    }
    expect(`${sent.method} ${sent.url}`).toBe('POST http://localhost/admin/products/bulk');
    const { rows, dryRun } = (await sent.json()) as { dryRun: boolean; rows: { sku: string }[] };
    const request = { skus: rows.map(({ sku }) => sku), dryRun, pause };
    pause = 0;
    requests.push(request);
    const { status, body } = reply(request, requests.length);
    return Response.json(body, { status });
  });
  const hold = (time: number) => {
    pause = time;
  };
  const wasSentBefore = () => lost;
  const outcomes = await sendBulk({ ...routes, hold, wasSentBefore }, rowsOf(...skus), { dryRun, signal });
  return { requests, outcomes: Object.fromEntries(outcomes) };
}

describe('sendBulk', () => {
  it.each([true, false])('sends the rows once, with dryRun %s, and says what became of each', async (dryRun) => {
    const { requests, outcomes } = await sendTo(() => results(created, changed, unchanged), ['A', 'B', 'C'], {
      dryRun,
    });
    expect(requests).toEqual([{ skus: ['A', 'B', 'C'], dryRun, pause: 0 }]);
    expect(outcomes).toEqual({
      2: { action: 'created', changes: created.changes },
      3: { action: 'changed', changes: changed.changes },
      4: { action: 'unchanged', changes: [] },
    });
  });

  it.each([
    [rejected(409, 'slug_taken', { field: 'slug', value: 'boot' }), 'slug: another product has "boot"'],
    [
      rejected(422, 'category_not_found', { value: 'hats' }),
      'category: there is none with the slug or the name "hats"',
    ],
    [
      rejected(412, 'stale_version', { currentVersion: 4 }),
      /^version: the row has 3, and by now it is 4: export anew, or/,
    ],
    [
      rejected(404, 'not_found'),
      /^version: the row has 3, and there is no such product any more: empty the cell to create/,
    ],
    [
      rejected(400, 'invalid_request', {
        errors: ['name', 'price', 'categoryId'].map((name) => ({ pointer: `/rows/1/${name}`, detail: 'is required' })),
      }),
      'there is no such product yet, and a new one needs name, price, category',
    ],
    [
      rejected(400, 'invalid_request', { errors: [{ in: 'body', pointer: '/rows/1/name', detail: 'is wrong' }] }),
      'name: is wrong',
    ],
    [
      rejected(409, 'repeated_row', { row: 0 }),
      'slug: line 2 takes it or gives it up; import this row again after that',
    ],
  ])('gives the reason of %j, and sends nothing again', async (result, reason) => {
    const { requests, outcomes } = await sendTo(() => results(created, result), ['A', 'B']);
    expect(outcomes).toMatchObject({
      2: { action: 'created' },
      3: { action: 'rejected', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
    });
    expect(requests).toHaveLength(1);
  });

  it('sends busy rows again, alone, after longer and longer pauses', async () => {
    const replies = [results(created, busy, busy), results(busy, created), results(unchanged)];
    const { requests, outcomes } = await sendTo(
      (_, number) => replies[number - 1] ?? { status: 500, body: {} },
      [...['A', 'B', 'C']],
    );
    expect(requests.map(({ skus }) => skus)).toEqual([['A', 'B', 'C'], ['B', 'C'], ['B']]);
    expect(outcomes).toMatchObject({ 2: { action: 'created' }, 3: { action: 'unchanged' }, 4: { action: 'created' } });
    const [first = -1, second = 0, third = 0] = requests.map(({ pause }) => pause);
    expect(first).toBe(0);
    expect(second).toBeGreaterThanOrEqual(250);
    expect(third).toBeGreaterThanOrEqual(500);
  });

  describe('of a row that is as it should be, and may have been made so by a request whose answer was lost', () => {
    const changes = [{ pointer: '/name', before: 'A', after: 'B' }];
    const outcomeOf = async (options: object, replies = [results(unchanged)]) =>
      (await sendTo((_, number) => replies[number - 1] ?? results(), ['A'], options)).outcomes[2];

    it.each([
      ['created', 'created'],
      ['updated', 'changed'],
    ])('says what its history knows: %s', async (action, said) => {
      const history = historyOf(action, Date.now(), changes);
      expect(await outcomeOf({ lost: true, history })).toEqual({ action: said, changes });
      expect(await outcomeOf({ history }, [results(busy), results(unchanged)])).toEqual({ action: said, changes });
    });

    it.each([
      ['its history has nothing since', { lost: true, history: historyOf('updated', Date.now() - 60_000, changes) }],
      ['its history cannot be read', { lost: true, history: noHistory }],
      ['no answer was lost', { history: historyOf('updated', Date.now(), changes) }],
      ['nothing is written', { lost: true, dryRun: true, history: historyOf('updated', Date.now(), changes) }],
    ])('says that it is unchanged where %s', async (_, options) => {
      expect(await outcomeOf(options)).toEqual({ action: 'unchanged', changes: [] });
    });
  });

  it('sends busy rows eight times at most', async () => {
    const { requests, outcomes } = await sendTo(({ skus }) => results(...skus.map(() => busy)), ['A', 'B']);
    expect(requests).toHaveLength(8);
    const outcome = {
      action: 'rejected',
      reason: expect.stringMatching(/^the service was busy .*: import this row again$/),
    };
    expect(outcomes).toEqual({ 2: outcome, 3: outcome });
  });

  it('sends rows that there was no room for in other requests, at once, however many that takes', async () => {
    const skus = Array.from({ length: 20 }, (_, number) => `P-${number}`);
    const { requests, outcomes } = await sendTo(
      (request) => results(...request.skus.map((_, position) => (position === 0 ? changed : notDone))),
      skus,
    );
    expect(requests.map(({ pause }) => pause)).toEqual(skus.map(() => 0));
    expect(Object.values(outcomes).every(({ action }) => action === 'changed')).toBe(true);
    expect(Object.keys(outcomes)).toHaveLength(20);
  });

  it('gives up where no row is ever done', async () => {
    const { requests, outcomes } = await sendTo(({ skus }) => results(...skus.map(() => notDone)), ['A']);
    expect(requests).toHaveLength(8);
    expect(outcomes[2]).toEqual({
      action: 'rejected',
      reason: 'there was no room for it each time: import this row again',
    });
  });

  it('sends nothing again once aborted, and leaves open what became of rows that would have been', async () => {
    const interruption = new AbortController();
    const reply = () => {
      interruption.abort();
      return results(created, busy, notDone, changed);
    };
    const { requests, outcomes } = await sendTo(reply, ['A', 'B', 'C', 'D'], { signal: interruption.signal });
    expect(requests).toHaveLength(1);
    expect(Object.keys(outcomes)).toEqual(['2', '5']);
  });

  it('rejects all rows of a request that is refused', async () => {
    const { outcomes } = await sendTo(() => ({ status: 503, body: { code: 'busy', detail: 'Not now' } }), ['A', 'B']);
    const outcome = { action: 'rejected', reason: '503: Not now' };
    expect(outcomes).toEqual({ 2: outcome, 3: outcome });
  });

  it('rejects all rows of a request without an answer', async () => {
    const reply = () => {
      throw new NoAnswer('no answer: ECONNRESET');
    };
    const outcome = { action: 'rejected', reason: 'no answer: ECONNRESET' };
    expect((await sendTo(reply, ['A', 'B'])).outcomes).toEqual({ 2: outcome, 3: outcome });
  });

  it.each([
    ['no results', {}, 'results'],
    ['fewer results than rows', { results: [created] }, 'results'],
    ['a result of a kind that is not known', { results: [created, { action: 'renamed' }] }, 'results/1/action'],
    ['a result without its changes', { results: [created, { action: 'changed' }] }, 'results/1/changes'],
  ])('says in its own words that a success with %s is none of this API', async (_, body, place) => {
    const sending = sendTo(() => ({ status: 200, body }), ['A', 'B']);
    await expect(sending).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(`^POST \\S* ?answered 200 with something unknown at ${place}: is this the API of`),
    });
  });

  it('says so where the API is one of before', async () => {
    const sending = sendTo(() => ({ status: 404, body: { message: 'Not Found' } }), ['A']);
    await expect(sending).rejects.toThrow(Failure);
    await expect(sending).rejects.toThrow(/has no POST \/admin\/products\/bulk/);
  });
});
