/** Events of the local stack: none is lost over its restarts, whatever the receiver of the webhook does. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { handler } from '../../functions/publish-events';
import { startEvents } from '../../local/events/events';
import { changeKeyOf } from '../../src/changes/change-key';
import { config } from '../../src/config';
import { documents } from '../../src/dynamodb/client';
import { createCategory, createProduct, send } from '../support/catalog';
import { eventFaults } from '../support/event-schemas';
import { readStream } from '../support/event-stream';
import { eventually } from '../support/eventually';
import { fakeContext } from '../support/events';
import { startServer, type TestServer } from '../support/http-server';

interface Posted {
  headers: Record<string, unknown>;
  event: { detail: { id: string; version: number } };
}

const directory = mkdtempSync(path.join(tmpdir(), 'catalog-events-'));
const [functionSocket, eventSocket] = [process.env['FUNCTION_SOCKET'] ?? '', process.env['EVENT_SOCKET'] ?? ''];
const posted: Posted[] = [];
/** What the function says in place of its answers, before it has done anything. */
const unreadable: string[] = [];
let status = 200;
let functions: Server;
let receiver: TestServer;

beforeAll(async () => {
  // No post is given up for its time: on a busy machine the receiver here takes longer than the five seconds that one has.
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
  functions = createServer((request, response) => {
    void (async () =>
      response.end(
        unreadable.shift() ?? JSON.stringify(await handler(JSON.parse(await text(request)), fakeContext(30_000))),
      ))();
  }).listen(functionSocket);
  await once(functions, 'listening');
  receiver = await startServer((request, response) => {
    void (async () => {
      const event = JSON.parse(await text(request)) as Posted['event'];
      if (status === 200) posted.push({ headers: request.headers, event });
      response.writeHead(status).end();
    })();
  });
});
afterAll(async () => {
  functions.closeAllConnections();
  functions.close();
  await receiver.stop();
  rmSync(directory, { recursive: true });
});

const failures: string[] = [];
/** What the receiver has taken, and is known to have: the end of the stack would have it posted again until then. */
const taken = new Set<string>();
const start = () =>
  startEvents({
    ...{ directory, functionSocket, eventSocket },
    ...{ databaseUrl: config.dynamodbEndpoint ?? '', tableName: config.tableName },
    webhook: `http://127.0.0.1:${receiver.port}/hook`,
    onEvent: (line) => taken.add(line.replace(/^Event \S+ (\S+) version /, '$1 ')),
    onEventFailure: (line) => failures.push(line),
  });

const told = () => new Set(posted.map(({ event: { detail } }) => `${detail.id} ${detail.version}`));
const written = async () =>
  new Set((await readStream()).map(({ pk, sk }) => `${pk.split('#')[1]} ${Number(sk.split('#')[1])}`));

it('posts each change once at least, though the stack ends at any time and the receiver is away', async () => {
  let events = await start();
  unreadable.push('<html>');
  const { id: categoryId } = await createCategory();
  const { id } = await createProduct(categoryId);
  await eventually('event of the product', () => taken.has(`${id} 1`));

  status = 503;
  await send('PATCH /products/{productId}', { id, body: { stockCount: 1 } });
  await eventually('failure of the webhook', () => failures.length === 1);
  await events.stop();
  // Nobody follows now.
  await send('PATCH /products/{productId}', { id, body: { stockCount: 2 } });
  status = 200;
  events = await start();
  await eventually('event of version 3', () => taken.has(`${id} 3`));
  await send('DELETE /products/{productId}', { id });
  await eventually('event of the deletion', () => taken.has(`${id} 4`));
  await events.stop();

  expect(failures).toEqual([
    `The webhook answered 503: it is asked again until it takes the event product.updated ${id} version 2.`,
  ]);
  expect(told()).toEqual(await written());
  expect(posted.flatMap(({ event }) => eventFaults(event))).toEqual([]);
  expect(posted[0]?.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    'x-api-key': 'local',
  });
});

it('does not post again what it has posted, nor what the receiver refuses for good', async () => {
  const before = posted.length;
  let events = await start();
  status = 400;
  const { id } = await createCategory();
  await eventually('refusal', () => failures.length === 2);
  status = 200;
  await send('PATCH /categories/{categoryId}', { id, body: { name: 'Other' } });
  await eventually('event after it', () => taken.has(`${id} 2`));
  await events.stop();
  events = await start();
  await send('DELETE /categories/{categoryId}', { id });
  await eventually('event of the deletion', () => taken.has(`${id} 3`));
  await events.stop();
  expect(posted.slice(before).map(({ event: { detail } }) => detail.version)).toEqual([2, 3]);
  expect(failures[1]).toContain(`answered 400: it does not get the event category.created ${id} version 1 again.`);
});

it('tells of an entry that no event can be made of, and posts the others', async () => {
  const events = await start();
  const before = failures.length;
  // As nobody writes one.
  const { id } = await createCategory();
  const [pk, sk] = [`CATEGORY#${id}`, 'HISTORY#0000000002'];
  const changeKeys = changeKeyOf(pk, { at: new Date().toISOString(), version: 2 });
  const Item = { pk, sk, version: 2, action: 'updated', by: 'sub', changes: 'none', ...changeKeys };
  await documents.send(new PutCommand({ TableName: config.tableName, Item }));
  const { id: other } = await createCategory();
  await eventually('event of the other', () => taken.has(`${other} 1`));
  await eventually('line', () => failures.length > before);
  await events.stop();
  expect(failures.slice(before)).toEqual([`No event can be made of ${pk} ${sk}: the logs say why.`]);
});
