/** Events on the local stack: changes go to the function that publishes them, and what it publishes to the webhook. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { readShard } from '../../src/changes/shard';
import { localCredentials, localRegion } from '../account';
import { startBus } from './bus';
import { Feed } from './feed';
import { Webhook, type Listener } from './webhook';
import type { Service } from '../processes/processes';

interface EventSettings extends Listener {
  /** The stack's. */
  directory: string;
  databaseUrl: string;
  tableName: string;
  functionSocket: string;
  eventSocket: string;
  webhook?: string | undefined;
}

/** Goes on where the last run with this directory stopped; the first one begins with the changes from now on. */
export async function startEvents(settings: EventSettings): Promise<Service> {
  const { directory, databaseUrl, tableName, functionSocket, eventSocket } = settings;
  const webhook = new Webhook(settings.webhook, settings);
  const bus = await startBus(eventSocket, webhook, (line) => settings.onEventFailure?.(line));
  const client = new DynamoDBClient({ endpoint: databaseUrl, region: localRegion, credentials: localCredentials });
  const documents = DynamoDBDocumentClient.from(client);
  const read = (shard: string, since: string) =>
    readShard((input) => documents.send(new QueryCommand(input)), { tableName, shard, since });
  const feed = new Feed({ directory, functionSocket, read, delivered: () => webhook.delivered() });
  const ended = feed.run();
  return {
    ended,
    async stop() {
      feed.stop();
      webhook.stop();
      await ended;
      bus.close();
      client.destroy();
    },
  };
}
