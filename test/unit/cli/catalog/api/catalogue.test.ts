import { readToEnd } from '../../../../../cli/catalog/api/answer';
import { newCatalogue, type Catalogue } from '../../../../../cli/catalog/api/catalogue';
import { startScriptedApi, type ScriptedAnswer, type ScriptedApi } from '../../../../support/scripted-api';

const ok = { status: 200, body: { items: [] } };
const again = (status: number) => ({ status, headers: { 'retry-after': '0' }, body: { detail: 'Not now' } });

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** An API that answers these one by one, and the last one ever after. */
async function catalogueOf(...answers: ScriptedAnswer[]): Promise<Catalogue> {
  scripted = await startScriptedApi((_, number) => answers[number - 1] ?? answers.at(-1) ?? ok);
  return newCatalogue(scripted.url, readToEnd(fetch));
}

const get = (catalogue: Catalogue) => catalogue.GET('/products');
const category = { name: 'Shoes' };
const post = (catalogue: Catalogue) =>
  catalogue.POST('/categories', { params: { header: { 'Idempotency-Key': 'one' } }, body: category });

describe('newCatalogue', () => {
  it.each([200, 201, 400, 404, 409, 412])('returns %i at once', async (status) => {
    const catalogue = await catalogueOf({ status, body: { code: 'some_code' } });
    const { data, error, response } = await get(catalogue);
    expect(response.status).toBe(status);
    expect(data ?? error).toEqual({ code: 'some_code' });
    expect(scripted.requests).toHaveLength(1);
  });

  it.each([429, 500, 502, 503, 504])('sends the same request again after %i', async (status) => {
    const catalogue = await catalogueOf(again(status), again(status), { status: 201 });
    expect((await post(catalogue)).response.status).toBe(201);
    expect(scripted.requests).toHaveLength(3);
    for (const request of scripted.requests) {
      expect(request).toMatchObject({ method: 'POST', path: '/categories', headers: { 'idempotency-key': 'one' } });
      expect(JSON.parse(request.body)).toEqual(category);
    }
  });

  it('sends the same request again when the connection ends without an answer', async () => {
    const catalogue = await catalogueOf({ status: 0, hangUp: true }, { status: 201 });
    expect((await post(catalogue)).response.status).toBe(201);
    expect(scripted.requests).toHaveLength(2);
  });

  it.each<[string, ScriptedAnswer[], boolean]>([
    ['had no answer', [{ status: 0, hangUp: true }, ok], true],
    ['was answered with 503', [again(503), again(429), ok], true],
    ['was answered with 429', [again(429), ok], false],
    ['was never sent', [ok], false],
  ])('knows whether a request may have been done before that %s', async (_, answers, wasLost) => {
    const catalogue = await catalogueOf(...answers);
    const { response } = await get(catalogue);
    expect(catalogue.wasSentBefore(response)).toBe(wasLost);
  });

  it.each([
    [
      { ...again(503), body: { detail: 'The service cannot answer just now' } },
      '503: The service cannot answer just now',
    ],
    [{ ...again(429), body: { message: 'Too Many Requests' } }, '429: Too Many Requests'],
    [again(500), '500: Not now'],
  ])('fails after eight tries when nothing else is answered either', async (answer, reason) => {
    const catalogue = await catalogueOf(answer);
    await expect(get(catalogue)).rejects.toMatchObject({
      name: 'Failure',
      message: `The API serves no request (${reason}): run the same again later.`,
    });
    expect(scripted.requests).toHaveLength(8);
  });

  it('returns what one request gets after eight tries, when others are answered', async () => {
    scripted = await startScriptedApi(({ path }) => (path === '/categories' ? again(500) : ok));
    const catalogue = newCatalogue(scripted.url, readToEnd(fetch));
    const poison = post(catalogue);
    while (scripted.requests.length < 4) await get(catalogue);
    expect((await poison).response.status).toBe(500);
    expect(scripted.requests.filter(({ path }) => path === '/categories')).toHaveLength(8);
  });

  it('fails when it is asked to wait for more than ten minutes', async () => {
    const catalogue = await catalogueOf({ status: 503, headers: { 'retry-after': '601' } });
    await expect(get(catalogue)).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^The API asks to wait until 20\d\d-.*: run the same again then\.$/),
    });
    expect(scripted.requests).toHaveLength(1);
  });
});

describe('newCatalogue, by the clock', () => {
  // Time is Jest's, and the API is no further away than a promise.
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  /** An API that gives this answer first, and then serves everything. */
  function answering(status: number, headers: Record<string, string>): Catalogue {
    const answers = [new Response('{}', { status, headers })];
    return newCatalogue('http://api.example.com', () => Promise.resolve(answers.shift() ?? Response.json(ok.body)));
  }

  /** After how many milliseconds it was served. */
  async function served(work: () => Promise<{ response: Response }>): Promise<number> {
    const start = Date.now();
    expect((await work()).response.status).toBe(200);
    return Date.now() - start;
  }

  /** What they come to while so many milliseconds pass. */
  async function within<Result>(milliseconds: number, ...work: Promise<Result>[]): Promise<Result[]> {
    await jest.advanceTimersByTimeAsync(milliseconds);
    return Promise.all(work);
  }

  it('lets no request pass while it is held', async () => {
    const catalogue = answering(200, {});
    catalogue.hold(300);
    const times = await within(
      500,
      served(() => post(catalogue)),
      served(() => get(catalogue)),
    );
    expect(Math.min(...times)).toBeGreaterThanOrEqual(300);
  });

  it('waits as long as Retry-After says, and lets no other request pass meanwhile', async () => {
    const catalogue = answering(503, { 'retry-after': '1' });
    const first = served(() => get(catalogue));
    await within(50);
    const others = [served(() => get(catalogue)), served(() => get(catalogue))];
    const [earlier = 0, ...times] = await within(2_000, first, ...others);
    expect(earlier).toBeGreaterThanOrEqual(1_000);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(950);
  });

  it('does not make others wait for a 500, which may be one request’s alone', async () => {
    const catalogue = answering(500, { 'retry-after': '2' });
    const first = served(() => get(catalogue));
    await within(50);
    expect(await served(() => get(catalogue))).toBe(0);
    expect(await within(2_000, first)).toEqual([2_000]);
  });
});
