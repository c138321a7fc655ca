/**
 * Stands in for EventBridge and SQS as far as the publishing function needs them: PutEvents for one bus, whose only
 * rule leads to the webhook, and SendMessage for the queue of unsent events.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { request, toEvent } from './bus-event';
import type { Webhook } from './webhook';

/** What the function tells the queue: an entry that no event can be made of. */
const message = z.object({ MessageBody: z.string() });
const untold = z.object({ entry: z.object({ pk: z.string(), sk: z.string() }) });

/**
 * Accepts every event and delivers it later, as EventBridge does. Nobody reads the queue here: `onUnsent` is called
 * with what is sent to it.
 */
export async function startBus(
  socketPath: string,
  webhook: Webhook,
  onUnsent: (line: string) => void,
): Promise<Server> {
  const server = createServer((sent, response) => {
    const answer = async () => {
      const body: unknown = JSON.parse(await text(sent));
      if (sent.headers['x-amz-target'] === 'AmazonSQS.SendMessage') {
        const { pk, sk } = untold.parse(JSON.parse(message.parse(body).MessageBody)).entry;
        onUnsent(`No event can be made of ${pk} ${sk}: the logs say why.`);
        response.end('{}');
        return;
      }
      const events = request.parse(body).Entries.map(toEvent);
      webhook.deliver(events);
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: events.map(({ id }) => ({ EventId: id })) }));
    };
    answer().catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return server;
}
