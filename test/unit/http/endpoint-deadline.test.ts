import { requireGroup } from '../../../src/access/require-group';
import { endpoint } from '../../../src/http/endpoint';
import { noContent } from '../../../src/http/responses';
import { fakeContext, fakeEvent, readAnswer } from '../../support/events';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const remaining = 10_000;
const send = (run: () => Promise<void>) =>
  endpoint({ access: requireGroup('admin'), run, respond: noContent })(
    fakeEvent({ routeKey: 'DELETE /things' }),
    fakeContext(remaining),
  );
const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('the deadline of endpoint', () => {
  it('answers 503 with Retry-After before the function ends when run never settles', async () => {
    const answer = send(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(remaining - 100);

    expect(readAnswer(await answer)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'busy' },
    });
  });

  it('waits for a run that takes nine of ten seconds', async () => {
    const answer = send(() => after(9_000));
    await jest.advanceTimersByTimeAsync(9_000);

    expect(await answer).toEqual({ statusCode: 204, headers: { 'cache-control': 'no-store' } });
  });

  it.each<[string, () => Promise<void>]>([
    ['succeeds', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('broken'))],
  ])('leaves no timer behind when run %s', async (_, run) => {
    await send(run);
    expect(jest.getTimerCount()).toBe(0);
  });
});
