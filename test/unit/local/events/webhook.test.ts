/** Which answers of a receiver lead to another try, and when: those that do on EventBridge, and no others. */
import { json } from 'node:stream/consumers';
import timers from 'node:timers/promises';
import { Webhook } from '../../../../local/events/webhook';
import { toEvent } from '../../../../local/events/bus-event';
import { startServer, type TestServer } from '../../../support/http-server';

const { setTimeout: sleep } = timers;
/** The pauses before another try, in milliseconds: they take no time here. */
const pauses = jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);

/** How often each address was asked. */
const asked = new Map<string, number>();
let receiver: TestServer;
const line = jest.fn<undefined, [string]>();

beforeAll(async () => {
  // The first time with the status that is its address, and then well.
  receiver = await startServer(({ url = '' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    // Whoever followed this would take the answer to another request for that to an event.
    response.writeHead(asked.get(url) === 1 ? Number(url.slice(1)) : 200, { location: '/200' }).end();
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

it('an event is posted once the one before has been taken, after longer and longer pauses, of ten seconds at most', async () => {
  const versions: number[] = [];
  const asking = await startServer((request, response) => {
    void json(request).then((posted) => {
      versions.push((posted as typeof event).detail.version);
      response.writeHead(versions.length <= 7 ? 503 : 200).end();
    });
  });
  pauses.mockClear();
  const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, {});
  webhook.deliver([event, { ...event, detail: { ...event.detail, version: 2 } }]);
  expect(await webhook.delivered()).toBe(true);
  expect(versions).toEqual([...Array<number>(8).fill(1), 2]);
  expect(pauses.mock.calls.map(([pause]) => pause)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  await asking.stop();
});

it('an event that is not answered in five seconds is posted again', async () => {
  const silent = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(silent.signal);
  let requests = 0;
  const asking = await startServer((_, response) => {
    requests += 1;
    if (requests === 1) silent.abort();
    else response.end();
  });
  line.mockClear();
  const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, { onEventFailure: line });
  webhook.deliver([event]);
  expect(await webhook.delivered()).toBe(true);
  expect(timeout.mock.calls).toEqual([[5_000], [5_000]]);
  timeout.mockRestore();
  expect(requests).toBe(2);
  expect(line.mock.calls.flat()).toEqual([expect.stringContaining('The webhook does not answer: it is asked again')]);
  await asking.stop();
});

it('an event whose answer the end of the stack cuts off is not delivered, and nothing is said of the receiver', async () => {
  line.mockClear();
  const asking = await startServer(() => webhook.stop());
  const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, { onEvent: line, onEventFailure: line });
  webhook.deliver([event]);
  expect(await webhook.delivered()).toBe(false);
  expect(line.mock.calls).toEqual([]);
  await asking.stop();
});

describe('Retry-After', () => {
  let clock: jest.SpyInstance;
  beforeEach(() => (clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-21T08:00:00Z'))));
  afterEach(() => clock.mockRestore());

  /** For how long the event is kept back after a first answer of 429 with this header, in milliseconds; undefined where it does not come again. */
  async function pauseAfter(header: string): Promise<number | undefined> {
    pauses.mockClear();
    let answers = 0;
    const asking = await startServer((_, response) => {
      answers += 1;
      response.writeHead(answers === 1 ? 429 : 200, { 'retry-after': header }).end();
    });
    const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, {});
    webhook.deliver([event]);
    await webhook.delivered();
    await asking.stop();
    expect(answers).toBe(pauses.mock.calls.length + 1);
    return pauses.mock.calls[0]?.[0];
  }

  it.each([
    ['2', 2_000],
    ['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
    ['0', 500],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 500],
    ['soon', 500],
  ])(
    'is waited for where it is longer than the pause, and not where it is shorter, over, or no time: %s',
    async (header, pause) => {
      expect(await pauseAfter(header)).toBe(pause);
    },
  );

  it('ends the tries where it is negative', async () => {
    expect(await pauseAfter('-1')).toBeUndefined();
  });

  it('is not waited for by a stack that ends', async () => {
    pauses.mockImplementationOnce(sleep);
    const asking = await startServer((_, response) => response.writeHead(503, { 'retry-after': '99999999999' }).end());
    const webhook = new Webhook(`http://127.0.0.1:${asking.port}`, { onEventFailure: () => webhook.stop() });
    webhook.deliver([event]);
    expect(await webhook.delivered()).toBe(false);
    await asking.stop();
  });
});
