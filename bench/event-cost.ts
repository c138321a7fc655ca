/** What a change costs once it is written: what the function that publishes events asks for, counted, at list prices. */
import * as z from 'zod/mini';
import { withOwnTable } from './own-table';
import { rounds, type Part } from './section';

/** Dollars of us-east-1, a million: docs/deploy.md has those of Lambda and DynamoDB, docs/events.md that of EventBridge. */
const price = { event: 1, invocation: 0.2, readUnit: 0.125 };

const many = rounds(100);

const explanation = `What the function that publishes events asks for each change, counted while the deployed handlers write to the embedded engine and this one is handed
what the stream has: at list prices of us-east-1, without the time that it takes, beside what [the write itself costs](#cost). A webhook's posts are
$0.20 a million more. Products have less than 1 kB; an event of more than 64 kB costs that of two, and so on.`;

const header = [
  'changes that come together',
  ...['invocations each', 'read units each', 'requests to EventBridge each', 'events each', 'a million changes'],
];

const created = z.object({ id: z.string() });

export const countCosts = (): Promise<Part> =>
  withOwnTable(async () => {
    const { send, productFields } = await import('../test/support/catalog');
    const { trafficOf } = await import('../test/support/round-trips');
    const { startBus } = await import('../test/support/event-bridge');
    const { readStream, batchOf } = await import('../test/support/event-stream');
    const { handler } = await import('../functions/publish-events');
    const bus = await startBus();
    const create = async (routeKey: string, body: object) => created.parse((await send(routeKey, { body })).body).id;
    const categoryId = await create('POST /categories', { name: 'Mugs' });
    const id = await create('POST /products', productFields(categoryId));
    const rows = Array.from({ length: many }, () => productFields(categoryId));
    await send('POST /admin/products/bulk', { body: { rows } });
    const first = (await readStream()).filter(({ pk }) => pk.startsWith('PRODUCT#'));
    const own = first.filter(({ pk }) => pk === `PRODUCT#${id}`);
    const others = first.filter(({ pk }) => pk !== `PRODUCT#${id}`);

    const measure = async (what: string, entries: typeof first): Promise<string[]> => {
      const before = { requests: bus.requests.length, events: bus.delivered.length };
      const { units } = await trafficOf(() => handler(batchOf(entries), { getRemainingTimeInMillis: () => 30_000 }));
      const [changes, events] = [entries.length, bus.delivered.length - before.events];
      if (events !== changes) throw new Error(`${changes} changes were ${events} events`);
      const invocations = 1 / changes;
      const reads = units.read / changes;
      const requests = (bus.requests.length - before.requests) / changes;
      const sum = price.event + price.invocation * invocations + price.readUnit * reads;
      return [what, ...[invocations, reads, requests, events / changes].map(decimal), `$${sum.toFixed(2)}`];
    };

    const alone = await measure('one alone', own);
    const together = await measure(`${many}, each to a product of its own`, others);
    for (let stockCount = 1; stockCount < many; stockCount += 1) {
      await send('PATCH /products/{productId}', { id, body: { stockCount } });
    }
    const all = (await readStream()).filter(({ pk }) => pk === `PRODUCT#${id}`);
    const followed = await measure(`${many}, all to one product`, all);
    bus.stop();
    return { text: explanation, rows: [header, alone, together, followed] };
  });

const decimal = (value: number) => String(Number(value.toFixed(2)));
