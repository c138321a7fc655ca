import type { Fetch } from '../../../../../deployment/routes';
import { Failure } from '../../../../../deployment/failure';
import { newSession } from '../../../../../cli/catalog/api/session';
import { startScriptedApi, type ScriptedAnswer, type ScriptedApi } from '../../../../support/scripted-api';

const ok = { status: 200 };
const unauthorized = { status: 401, body: { message: 'Unauthorized' } };
const gatewayForbids = { status: 403, body: { message: 'Forbidden' } };
const forbidden = { status: 403, body: { code: 'forbidden', detail: 'You do not have permission' } };

let scripted: ScriptedApi;
afterEach(() => scripted.stop());

/** A session whose sign-ins are numbered; the API answers by the number that a request carries. */
async function sessionOf(answer: (signIn: number, request: number) => ScriptedAnswer) {
  scripted = await startScriptedApi(({ headers }, number) => answer(Number(headers['sign-in']), number));
  const connect = jest.fn(() => {
    const signIn = String(connect.mock.calls.length);
    const send: Fetch = (request) => fetch(new Request(request, { headers: { 'sign-in': signIn } }));
    return Promise.resolve(send);
  });
  const send = newSession('ada@example.com', connect);
  return { get: () => send(new Request(scripted.url)), connect };
}

describe('newSession', () => {
  it('signs in once for all requests', async () => {
    const { get, connect } = await sessionOf(() => ok);
    await Promise.all([get(), get()]);
    await get();
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a 401', unauthorized],
    ['the gateway’s 403', gatewayForbids],
  ])('signs in again when what was accepted gets %s, once for all requests under way', async (_, ended) => {
    const { get, connect } = await sessionOf((signIn, request) => (signIn === 1 && request > 1 ? ended : ok));
    await get();
    const answers = await Promise.all([get(), get(), get()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it('signs in as often as sessions end', async () => {
    const { get, connect } = await sessionOf((signIn, request) => (request > signIn * 3 ? unauthorized : ok));
    for (let number = 1; number <= 6; number += 1) expect((await get()).status).toBe(200);
    expect(connect.mock.calls.length).toBeGreaterThan(2);
  });

  it.each([
    [
      'the API',
      forbidden,
      1,
      'ada@example.com is not an admin (403: You do not have permission): "npm run users -- add',
    ],
    [
      'the gateway',
      gatewayForbids,
      1,
      'ada@example.com is not an admin (403: Forbidden): "npm run users -- add-to-group',
    ],
    [
      'the gateway, whoever signs in',
      unauthorized,
      2,
      'The API does not take the sign-in of ada@example.com (401: Unauth',
    ],
  ])('fails when the user is refused by %s', async (_, refusal, signIns, message) => {
    const { get, connect } = await sessionOf(() => refusal);
    await expect(get()).rejects.toMatchObject({ name: 'Failure', message: expect.stringContaining(message) });
    expect(connect).toHaveBeenCalledTimes(signIns);
  });

  it.each([
    ['by the API', forbidden, 1],
    ['by the gateway, in a new session as well', gatewayForbids, 2],
  ])('fails when a user who may read is refused a write %s', async (_, refusal, signIns) => {
    const { get, connect } = await sessionOf((_signIn, request) => (request === 1 ? ok : refusal));
    await get();
    await expect(get()).rejects.toMatchObject({ name: 'Failure' });
    expect(connect).toHaveBeenCalledTimes(signIns);
  });

  it('fails as the sign-in does', async () => {
    scripted = await startScriptedApi(() => ok);
    const send = newSession('ada@example.com', () => Promise.reject(new Failure('Another password has been set.')));
    await expect(send(new Request(scripted.url))).rejects.toThrow('Another password has been set.');
  });
});
