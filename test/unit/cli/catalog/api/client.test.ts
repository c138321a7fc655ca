import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { ask, type Answer, type Send } from '../../../../../cli/catalog/api/answer';
import { newClient } from '../../../../../cli/catalog/api/client';
import { startScriptedApi, type ScriptedAnswer, type ScriptedApi } from '../../../../support/scripted-api';

const ok = { status: 200, body: { items: [] } };
const again = (status: number) => ({ status, headers: { 'retry-after': '0' }, body: { detail: 'Not now' } });

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** A client of an API that answers these one by one, and the last one ever after. */
async function clientOf(...answers: ScriptedAnswer[]): Promise<Send> {
  scripted = await startScriptedApi((_, number) => answers[number - 1] ?? answers.at(-1) ?? ok);
  return newClient((request) => ask(scripted.api, request));
}

async function timed(work: () => Promise<Answer>) {
  const start = performance.now();
  const { status } = await work();
  return { status, seconds: (performance.now() - start) / 1_000 };
}

const get = { method: 'GET', path: '/products' };
const post = { method: 'POST', path: '/products', headers: { 'idempotency-key': 'one' }, body: '{"sku":"A"}' };

describe('newClient', () => {
  it.each([200, 201, 400, 404, 409, 412])('returns %i at once', async (status) => {
    const send = await clientOf({ status, body: { code: 'some_code' } });
    expect(await send(get)).toMatchObject({ status, body: { code: 'some_code' } });
    expect(scripted.requests).toHaveLength(1);
  });

  it.each([429, 500, 502, 503, 504])('sends the same request again after %i', async (status) => {
    const send = await clientOf(again(status), again(status), { status: 201 });
    expect(await send(post)).toMatchObject({ status: 201 });
    expect(scripted.requests).toHaveLength(3);
    for (const request of scripted.requests) {
      expect(request).toMatchObject({ ...post, headers: expect.objectContaining(post.headers) });
    }
  });

  it('sends the same request again when the connection ends without an answer', async () => {
    const send = await clientOf({ status: 0, hangUp: true }, { status: 201 });
    expect(await send(post)).toMatchObject({ status: 201 });
    expect(scripted.requests).toHaveLength(2);
  });

  it('lets no request pass during a pause that a request is to begin with', async () => {
    const send = await clientOf(ok);
    const [asked, other] = await Promise.all([timed(() => send(post, 300)), timed(() => send(get))]);
    expect(Math.min(asked.seconds, other.seconds)).toBeGreaterThanOrEqual(0.29);
  });

  it('waits as long as Retry-After says, and lets no other request pass meanwhile', async () => {
    const send = await clientOf({ status: 503, headers: { 'retry-after': '1' } }, ok);
    const first = timed(() => send(get));
    while (scripted.requests.length === 0) await turn();
    await sleep(50);
    const others = await Promise.all([timed(() => send(get)), timed(() => send(get)), first]);
    const [second, third, earlier] = others;
    expect(earlier.seconds).toBeGreaterThan(0.99);
    for (const { seconds } of [second, third]) expect(seconds).toBeGreaterThan(0.9);
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('does not make others wait for a 500, which may be one request’s alone', async () => {
    const send = await clientOf({ status: 500, headers: { 'retry-after': '2' } }, ok);
    const first = timed(() => send(get));
    while (scripted.requests.length === 0) await turn();
    await sleep(50);
    expect((await timed(() => send(get))).seconds).toBeLessThan(1.5);
    expect((await first).seconds).toBeGreaterThan(1.99);
  });

  it.each([
    [
      { ...again(503), body: { detail: 'The service cannot answer just now' } },
      '503: The service cannot answer just now',
    ],
    [{ ...again(429), body: { message: 'Too Many Requests' } }, '429: Too Many Requests'],
    [again(500), '500: Not now'],
  ])('fails after eight tries when nothing else is answered either', async (answer, reason) => {
    const send = await clientOf(answer);
    await expect(send(get)).rejects.toMatchObject({
      name: 'Failure',
      message: `The API serves no request (${reason}): run the same again later.`,
    });
    expect(scripted.requests).toHaveLength(8);
  });

  it('returns what one request gets after eight tries, when others are answered', async () => {
    scripted = await startScriptedApi(({ path }) => (path === '/poison' ? again(500) : ok));
    const send = newClient((request) => ask(scripted.api, request));
    const poison = send({ method: 'GET', path: '/poison' });
    while (scripted.requests.length < 4) await send(get);
    expect((await poison).status).toBe(500);
    expect(scripted.requests.filter(({ path }) => path === '/poison')).toHaveLength(8);
  });

  it('fails when it is asked to wait for more than ten minutes', async () => {
    const send = await clientOf({ status: 503, headers: { 'retry-after': '601' } });
    await expect(send(get)).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^The API asks to wait until 20\d\d-.*: run the same again then\.$/),
    });
    expect(scripted.requests).toHaveLength(1);
  });
});
