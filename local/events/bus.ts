/** EventBridge as far as the function needs it: PutEvents, for one bus with one rule, which leads to the webhook. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { request, toEvent } from './bus-event';
import type { Webhook } from './webhook';

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
