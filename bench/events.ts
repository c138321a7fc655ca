/** Events: how soon the receiver of a webhook has a change, on the local stack, and what a change costs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { StackInfo } from '../deployment/stack-info';
import { startServer } from '../test/support/http-server';
import { newMember } from '../test/support/members';
import { newSettings, npmStart, pressCtrlC } from '../test/support/npm-start';
import { send } from '../test/support/stack';
import { countCosts } from './event-cost';
import { quantile } from './quantiles';
import { rounds, type Part } from './section';

export async function events(): Promise<Part[]> {
  return [await timeWebhook(), await countCosts()];
}

const changes = rounds(200);
/** In milliseconds: the local stack looks for changes so often. */
const pause = 250;

const delays = `From the answer to a write until the receiver of \`npm start -- --webhook\` has its event: ${changes} changes to one product over HTTP, first each at a
moment of its own, when the one before has arrived, then one as soon as the other is answered. The stack looks for changes ${1_000 / pause} times a second;
on AWS, Lambda does so with a stream.`;

async function timeWebhook(): Promise<Part> {
  const receiver = await startReceiver();
  const settings = await newSettings();
  const running = npmStart(settings, ['--webhook', receiver.url]);
  try {
    await running.ready;
    const write = await startWriter(settings.LOCAL_DIR);
    const apart: number[] = [];
    for (let change = 0; change < changes; change += 1) {
      await sleep(Math.random() * pause);
      const { version, answered } = await write();
      apart.push((await receiver.arrival(version)) - answered);
    }
    const written = [];
    for (let change = 0; change < changes; change += 1) written.push(await write());
    const together = await Promise.all(
      written.map(async ({ version, answered }) => (await receiver.arrival(version)) - answered),
    );
    const rows = [row('each at a moment of its own', apart), row('one as soon as the other is answered', together)];
    return { text: delays, rows: [['changes', 'p50', 'p99', 'longest'], ...rows] };
  } finally {
    pressCtrlC(running);
    await running.exit;
    await receiver.stop();
  }
}

/** An event may be there before its write is answered. */
const row = (what: string, found: number[]): string[] => [
  what,
  ...[0.5, 0.99, 1].map((part) => `${Math.max(0, quantile(found, part)).toFixed(0)} ms`),
];

const record = z.object({ id: z.string(), version: z.number() });
const event = z.object({ 'detail-type': z.string(), detail: record });

/** Changes one product; answers the version that it has then, and when that was answered. */
async function startWriter(directory: string): Promise<() => Promise<{ version: number; answered: number }>> {
  const stack = JSON.parse(readFileSync(path.join(directory, 'stack.json'), 'utf8')) as StackInfo;
  const { accessToken: token } = await newMember(stack, 'bench@example.com', ['admin']);
  const ask = async (method: string, address: string, body: object) =>
    record.parse((await send(stack.apiUrl, method, address, { token, body })).body);
  const { id: categoryId } = await ask('POST', '/categories', { name: 'Mugs' });
  const price = { amount: 1_000, currency: 'EUR' };
  const { id } = await ask('POST', '/products', { sku: 'BENCH-1', name: 'Red mug', price, categoryId });
  let stockCount = 0;
  return async () => {
    stockCount += 1;
    const { version } = await ask('PATCH', `/products/${id}`, { stockCount });
    return { version, answered: performance.now() };
  };
}

/** Tells when it first got the event of a version. */
async function startReceiver() {
  const arrived = new Map<number, number>();
  const waiting = new Map<number, (time: number) => void>();
  const server = await startServer((request, response) => {
    void (async () => {
      const { 'detail-type': type, detail } = event.parse(JSON.parse(await text(request)));
      if (type.startsWith('product.') && !arrived.has(detail.version)) {
        arrived.set(detail.version, performance.now());
        waiting.get(detail.version)?.(performance.now());
      }
      response.writeHead(204).end();
    })();
  });
  return {
    url: `http://127.0.0.1:${server.port}/hook`,
    arrival: async (version: number): Promise<number> =>
      arrived.get(version) ?? new Promise((resolve) => waiting.set(version, resolve)),
    stop: () => server.stop(),
  };
}
