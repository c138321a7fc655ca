/** Which answers of a receiver lead to another try, and when: those that do on EventBridge, and no others. */
import { Webhook } from '../../../../local/events/webhook';
import { toEvent } from '../../../../local/events/bus-event';
import { startServer, type TestServer } from '../../../support/http-server';

/** How often each address was asked. */
const asked = new Map<string, number>();
let receiver: TestServer;
const line = jest.fn<undefined, [string]>();

beforeAll(async () => {
  // The first time with the status that is its address, and then well.
  receiver = await startServer(({ url = '' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    response.writeHead(asked.get(url) === 1 ? Number(url.slice(1)) : 200).end();
  });
});
afterAll(() => receiver.stop());

const event = toEvent({ Source: 'admin-catalog', DetailType: 'a', Time: 0, Detail: '{"id":"b","version":1}' });

/** How often it is posted to who answers so first. */
async function posts(status: number): Promise<number | undefined> {
  const webhook = new Webhook(`http://127.0.0.1:${receiver.port}/${status}`, { onEventFailure: line });
  webhook.deliver([event]);
  expect(await webhook.delivered()).toBe(true);
  return asked.get(`/${status}`);
}

// EventBridge, user guide, "API destinations".
it.each([
  [[401, 407, 409, 429, 500, 503], 2, 'it is asked again until it takes the event a b version 1.'],
  [[302, 400, 403, 404, 410], 1, 'it does not get the event a b version 1 again.'],
])('an event that is answered %j is posted %i times', async (statuses, times, sentence) => {
  line.mockClear();
  expect(await Promise.all(statuses.map(posts))).toEqual(statuses.map(() => times));
  expect(line.mock.calls.flat()).toEqual(statuses.map(() => expect.stringContaining(sentence)));
});

describe('Retry-After', () => {
  /** How long after a first answer of 429 with this header the event came again, in milliseconds; undefined where it did not. */
  async function pauseAfter(header: string): Promise<number | undefined> {
    const times: number[] = [];
    const asking = await startServer((_, response) => {
      times.push(Date.now());
      response.writeHead(times.length === 1 ? 429 : 200, { 'retry-after': header }).end();
    });
    const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, {});
    webhook.deliver([event]);
    await webhook.delivered();
    await asking.stop();
    const [first = 0, second] = times;
    return second === undefined ? undefined : second - first;
  }

  it('is waited for where it is longer than the pause, and not where it is shorter, over, or no time', async () => {
    const inTwoSeconds = new Date(Date.now() + 3_000).toUTCString();
    const [seconds, date, ...others] = await Promise.all(
      ['2', inTwoSeconds, '0', new Date(0).toUTCString(), 'soon'].map(pauseAfter),
    );
    expect(seconds).toBeGreaterThanOrEqual(1_990);
    expect(date).toBeGreaterThan(1_500);
    for (const pause of others) expect(pause).toBeLessThan(1_500);
  });

  it('ends the tries where it is negative', async () => {
    expect(await pauseAfter('-1')).toBeUndefined();
  });

  it('is not waited for by a stack that ends', async () => {
    const asking = await startServer((_, response) => response.writeHead(503, { 'retry-after': '99999999999' }).end());
    const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, { onEventFailure: () => webhook.stop() });
    webhook.deliver([event]);
    expect(await webhook.delivered()).toBe(false);
    await asking.stop();
  });
});
