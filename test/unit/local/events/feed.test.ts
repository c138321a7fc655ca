/** The feed of the local stack hands the function no more than its receiver takes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { Feed } from '../../../../local/events/feed';
import { newFunctionSocket } from '../../../../local/loopback/functions';
import { changeKeyOf, shards } from '../../../../src/changes/change-key';
import { streamBatch } from '../../../../src/events/stream';
import { eventually } from '../../../support/eventually';

/** A feed of so many entries, all of one record, and the function that it hands them to. */
async function startFeed(count: number, answer: (keys: string[]) => object, delivered: () => Promise<boolean>) {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-feed-'));
  const socket = newFunctionSocket();
  const functions = createServer((request, response) => {
    void json(request).then((sent) => {
      const keys = streamBatch.parse(sent).Records.map(({ dynamodb }) => dynamodb.Keys.sk.S);
      response.end(JSON.stringify(answer(keys)));
    });
  }).listen(socket.path);
  await once(functions, 'listening');
  const pk = `PRODUCT#${'0'.repeat(26)}`;
  const at = new Date().toISOString();
  const entries = Array.from({ length: count }, (_, version) => ({ pk, ...changeKeyOf(pk, { at, version }) }));
  const read = (shard: string) => Promise.resolve(shard === shards[0] ? entries : []);
  const feed = new Feed({ directory, functionSocket: socket.path, read, delivered });
  const ended = feed.run();
  return async () => {
    feed.stop();
    await ended;
    functions.close();
    socket.remove();
    rmSync(directory, { recursive: true });
  };
}

it('a batch is made into events once the receiver has those of the one before', async () => {
  let batches = 0;
  const receiver: (() => void)[] = [];
  const stop = await startFeed(
    250,
    () => {
      batches += 1;
      return { batchItemFailures: [] };
    },
    () => new Promise((resolve) => receiver.push(() => resolve(true))),
  );
  for (const number of [1, 2, 3]) {
    await eventually(`batch ${number}`, () => receiver.length === number);
    expect(batches).toBe(number);
    receiver.at(-1)?.();
  }
  await stop();
});

it('what the function names comes again, with all that follows the first of it, as Lambda hands it over', async () => {
  const batches: string[][] = [];
  const stop = await startFeed(
    8,
    (keys) => {
      batches.push(keys);
      const failed = batches.length === 1 ? ['6', '3'] : [];
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
    () => Promise.resolve(true),
  );
  await eventually('second batch', () => batches.length === 2);
  expect(batches[1]).toEqual(batches[0]?.slice(3));
  await stop();
});
