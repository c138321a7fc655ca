/**
 * What DynamoDB does on AWS and no local engine does, as a proxy in front of an engine: transactions that meet on an item cancel
 * each other, a partition key takes so much a second, calls take milliseconds, and indexes lag behind their table.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Counts } from './counts';
import { Engine } from './engine';
import { LateIndexes } from './late-indexes';
import { awsLatency, type Latency, type Wait } from './latency';
import { OngoingWrites } from './ongoing-writes';
import { Reads } from './reads';
import type { Reply } from './replies';
import { plainWrite, readsByKey, type Request } from './requests';
import { Writes } from './writes';

export interface Settings {
  /** The address of the engine. Its tables are empty as yet. */
  engine: string;
  /** How long an index lags, for each of its entries; without it, indexes are as prompt as the engine's. */
  indexLag?: Wait | undefined;
  latency?: Latency;
  /** How many write units a partition key takes in a second: 1,000, as on AWS, if it is not said. */
  writeUnits?: number;
}

export interface AwsLimits {
  endpoint: string;
  counts(): Counts;
  /** Until the indexes have everything that has been written by now. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAwsLimits({
  engine: address,
  indexLag,
  latency = awsLatency,
  writeUnits = 1000,
}: Settings): Promise<AwsLimits> {
  const engine = new Engine(address);
  const ongoing = new OngoingWrites();
  const lateIndexes = indexLag === undefined ? undefined : new LateIndexes(engine, indexLag);
  const writes = new Writes(engine, ongoing, latency, writeUnits, lateIndexes);
  const reads = new Reads(engine, ongoing, lateIndexes);

  async function answer(request: Request): Promise<Reply> {
    try {
      return await withinLimits(request);
    } catch (error) {
      // The engine says it in its own way.
      if (error instanceof ResourceNotFoundException) return engine.forward(request);
      throw error;
    }
  }

  async function withinLimits(request: Request): Promise<Reply> {
    if (request.operation === 'TransactWriteItems') return writes.transact(request);
    await latency.other();
    if (request.operation === 'DeleteTable') await forget(request);
    if (request.operation === 'BatchWriteItem') return writes.batch(request);
    if (request.operation === 'Query') return reads.query(request);
    const [write, keyed] = [plainWrite(request), readsByKey(request)];
    if (write) return writes.plain(request, write);
    return keyed ? reads.byKeys(request, keyed) : engine.forward(request);
  }

  async function forget({ body }: Request): Promise<void> {
    const table = await engine.table(z.object({ TableName: z.string() }).parse(body).TableName);
    engine.forget(table.name);
    writes.forget(table);
    await lateIndexes?.forget(table);
  }

  const server = createServer((request, response) => {
    readRequest(request)
      .then(answer)
      .then(
        (reply) => {
          const headers = {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(reply.text),
          };
          response.writeHead(reply.status, headers).end(reply.text);
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    counts: () => ({ ...writes.counts }),
    settled: () => lateIndexes?.settled() ?? Promise.resolve(),
    async stop() {
      lateIndexes?.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      engine.stop();
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<Request> {
  const { headers } = request;
  const sent = await text(request);
  const [, operation = ''] = String(headers['x-amz-target']).split('.');
  const body: unknown = sent === '' ? undefined : JSON.parse(sent);
  return { headers, operation, text: sent, body };
}
