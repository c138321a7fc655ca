/** EventBridge as far as the function needs it: PutEvents, for one bus with one rule, which leads to the webhook. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { accountId, localRegion } from '../account';
import type { Webhook } from './webhook';

const request = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Time: z.number(), Detail: z.string() })),
});
type Entry = z.infer<typeof request>['Entries'][number];

/** An event as the targets of a rule get it. */
export type BusEvent = ReturnType<typeof toEvent>;

const toEvent = ({ Source, DetailType, Time, Detail }: Entry) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': DetailType,
  source: Source,
  account: accountId,
  time: new Date(Time * 1000).toISOString().replace(/\.\d+/, ''),
  region: localRegion,
  resources: [],
  detail: z.looseObject({ id: z.string(), version: z.number() }).parse(JSON.parse(Detail)),
});

/** Takes everything, and has it delivered later, as EventBridge does. */
export async function startBus(socketPath: string, webhook: Webhook): Promise<Server> {
  const server = createServer((sent, response) => {
    const answer = async () => {
      const events = request.parse(JSON.parse(await text(sent))).Entries.map(toEvent);
      webhook.deliver(events);
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: events.map(({ id }) => ({ EventId: id })) }));
    };
    answer().catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return server;
}
