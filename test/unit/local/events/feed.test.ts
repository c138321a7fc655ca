/** The feed of the local stack hands the function no more than its receiver takes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Feed } from '../../../../local/events/feed';
import { newFunctionSocket } from '../../../../local/loopback/functions';
import { changeKeyOf, shards } from '../../../../src/changes/change-key';
import { eventually } from '../../../support/eventually';

it('a batch is made into events once the receiver has those of the one before', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-feed-'));
  const socket = newFunctionSocket();
  let batches = 0;
  const functions = createServer((request, response) => {
    request.resume();
    batches += 1;
    response.end('{"batchItemFailures":[]}');
  }).listen(socket.path);
  await once(functions, 'listening');
  const pk = `PRODUCT#${'0'.repeat(26)}`;
  const at = new Date().toISOString();
  const entries = Array.from({ length: 250 }, (_, version) => ({ pk, ...changeKeyOf(pk, { at, version }) }));
  const receiver: (() => void)[] = [];
  const feed = new Feed({
    ...{ directory, functionSocket: socket.path },
    read: (shard) => Promise.resolve(shard === shards[0] ? entries : []),
    delivered: () => new Promise((resolve) => receiver.push(() => resolve(true))),
  });
  const ended = feed.run();
  for (const number of [1, 2, 3]) {
    await eventually(`batch ${number}`, () => receiver.length === number);
    expect(batches).toBe(number);
    receiver.at(-1)?.();
  }
  feed.stop();
  await ended;
  functions.close();
  socket.remove();
  rmSync(directory, { recursive: true });
});
