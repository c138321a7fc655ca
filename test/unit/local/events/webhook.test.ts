/** Which answers of a receiver lead to another try: those that do on EventBridge, and no others. */
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
