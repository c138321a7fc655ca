/** An EventBridge for tests, and the queue beside it, where the function looks for them: they take what they are sent, or do whatever else a test wants. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { config } from '../../src/config';

const request = z.strictObject({
  Entries: z
    .array(
      z.strictObject({
        EventBusName: z.literal('admin-catalog-test'),
        Source: z.literal('admin-catalog'),
        DetailType: z.string(),
        Time: z.number(),
        Detail: z.string(),
      }),
    )
    .check(z.minLength(1), z.maxLength(10)),
});
type Entry = z.infer<typeof request>['Entries'][number];

/** An event as the targets of a rule get it. */
export interface Delivered {
  'detail-type': string;
  detail: { eventId: string; id: string; version: number; [member: string]: unknown };
  [member: string]: unknown;
}

export interface TestBus {
  /** All that was taken, in its order. */
  delivered: Delivered[];
  /** How many entries each request had. */
  requests: number[];
  /** Of these, not even a request that has one is taken; the status says so. */
  isValid: (entry: Delivered) => boolean;
  invalid: 400 | 413;
  /** Which of them are taken; the others fail alone, with `error`. */
  takes: (entry: Delivered) => boolean;
  error: string;
  /** What the queue of events that were not sent has been told, and whether it takes it. */
  queue: { messages: unknown[]; takes: () => boolean };
  /** What becomes of a request: answered, answered by an error, denied, left without an answer, or taken and the answer lost. */
  outcome: () => 'answered' | 'failed' | 'denied' | 'silent' | 'lost';
  stop(): void;
}

/** Starts to listen. */
export async function startBus(): Promise<TestBus> {
  const bus: TestBus = {
    delivered: [],
    requests: [],
    isValid: () => true,
    invalid: 400,
    takes: () => true,
    error: 'ThrottlingException',
    queue: { messages: [], takes: () => true },
    outcome: () => 'answered',
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((sent, response) => {
    void (async () => {
      const body = await text(sent);
      const { authorization = '', 'x-amz-target': target } = sent.headers;
      if (target === 'AmazonSQS.SendMessage' && authorization.includes('/sqs/aws4_request')) {
        keep(bus, body, response);
      } else if (target !== 'AWSEvents.PutEvents' || !authorization.includes('/events/aws4_request')) {
        response.writeHead(403).end();
      } else answer(bus, body, response);
    })();
  });
  server.listen(process.env['EVENT_SOCKET']);
  await once(server, 'listening');
  return bus;
}

/** Amazon SQS, developer guide, "Making query API requests using AWS JSON protocol". */
const message = z.strictObject({ QueueUrl: z.literal(process.env['UNSENT_EVENTS'] ?? ''), MessageBody: z.string() });

function keep({ queue }: TestBus, body: string, response: ServerResponse): void {
  if (!queue.takes()) return void response.writeHead(503).end('{"__type":"ServiceUnavailable"}');
  queue.messages.push(JSON.parse(message.parse(JSON.parse(body)).MessageBody));
  response.end('{"MessageId":"1"}');
}

function answer(bus: TestBus, body: string, response: ServerResponse): void {
  const { Entries } = request.parse(JSON.parse(body));
  // User guide, "Calculating PutEvents event entry size".
  const bytes = Entries.reduce(
    (sum, { Source, DetailType, Detail }) => sum + 14 + Buffer.byteLength(Source + DetailType + Detail),
    0,
  );
  if (bytes >= 262_144) return void response.writeHead(400).end('{"__type":"ValidationException"}');
  bus.requests.push(Entries.length);
  const outcome = bus.outcome();
  if (outcome === 'failed') return void response.writeHead(500).end('{"__type":"InternalException"}');
  if (outcome === 'denied') return void response.writeHead(400).end('{"__type":"AccessDeniedException"}');
  if (outcome === 'silent') return;
  if (!Entries.every((entry) => bus.isValid(deliver(entry, 0)))) {
    const problem = bus.invalid === 400 ? '{"__type":"ValidationException","message":"Not valid"}' : '';
    return void response.writeHead(bus.invalid).end(problem);
  }
  const results = Entries.map((entry) => {
    const event = deliver(entry, bus.delivered.length);
    if (!bus.takes(event)) return { ErrorCode: bus.error, ErrorMessage: 'Not taken' };
    bus.delivered.push(event);
    return { EventId: String(event['id']) };
  });
  if (outcome === 'lost') return void response.destroy();
  const FailedEntryCount = results.filter(({ EventId }) => EventId === undefined).length;
  response.end(JSON.stringify({ FailedEntryCount, Entries: results }));
}

const deliver = ({ Source, DetailType, Time, Detail }: Entry, number: number): Delivered => ({
  version: '0',
  id: `event-${number}`,
  'detail-type': DetailType,
  source: Source,
  account: '123456789012',
  time: new Date(Time * 1000).toISOString().replace(/\.\d+/, ''),
  region: config.region,
  resources: [],
  detail: JSON.parse(Detail) as Delivered['detail'],
});
