/** A way to the database that is late, throttles, falls silent or breaks off halfway, as a test wants it. */
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What becomes of a request: it is passed on and its reply kept back for so many milliseconds, or one of the others. After
 * `silence` the database has done what it does not say; what is `broken` off never reaches it. A promise holds the request until
 * it is known.
 */
export type Fault = { late: number } | 'throttling' | 'conflict' | 'silence' | 'broken' | 'half a reply';

interface DatabaseRequest {
  /** As in `TransactWriteItems`. */
  operation: string;
  body: string;
}

export interface FaultyDatabase {
  /** Decides about each request from now on; they are counted from 0. */
  fail(faultOf: (count: number, request: DatabaseRequest) => Fault | Promise<Fault>): void;
  /** How many requests have met with a fault since then. */
  faults(): number;
  stop(): Promise<void>;
}

/** Listens on `port` for requests to the database at `target`. */
export async function faultyDatabase(port: number, target: string): Promise<FaultyDatabase> {
  const untroubled = (): Fault => ({ late: 0 });
  let faultOf: (count: number, request: DatabaseRequest) => Fault | Promise<Fault> = untroubled;
  let count = 0;
  let faults = 0;

  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      const number = count;
      count += 1;
      const fault = await faultOf(number, { operation, body });
      if (typeof fault === 'string' || fault.late > 0) faults += 1;
      await answer(fault, number, request, { operation, body }, response, target);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    fail(next) {
      faultOf = next;
      count = 0;
      faults = 0;
    },
    faults: () => faults,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  fault: Fault,
  count: number,
  request: IncomingMessage,
  sent: DatabaseRequest,
  response: ServerResponse,
  target: string,
): Promise<void> {
  if (fault === 'broken') {
    request.socket.destroy();
    return;
  }
  if (fault === 'throttling') {
    throttle(count, sent, response);
    return;
  }
  if (fault === 'conflict') {
    refuse(cancellation(sent, 'TransactionConflict'), response);
    return;
  }

  const { method, url = '/', headers } = request;
  const onward = httpRequest(new URL(url, target), { method, headers }).end(sent.body);
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  const body = await text(reply);
  if (fault === 'silence') return;
  if (fault === 'half a reply') {
    response.writeHead(reply.statusCode ?? 500, reply.headers);
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  await sleep(fault.late);
  response.writeHead(reply.statusCode ?? 500, reply.headers).end(body);
}

const dynamodb = 'com.amazonaws.dynamodb.v20120810';

/** In turn the ways in which DynamoDB throttles: the table, the account, and within a transaction. */
function throttle(count: number, sent: DatabaseRequest, response: ServerResponse): void {
  const errors: object[] = [
    { __type: `${dynamodb}#ProvisionedThroughputExceededException`, message: 'The level of throughput was exceeded' },
    { __type: 'com.amazon.coral.availability#ThrottlingException', message: 'Rate exceeded' },
  ];
  if (sent.operation === 'TransactWriteItems') errors.push(cancellation(sent, 'ThrottlingError'));
  refuse(errors[count % errors.length], response);
}

/** What DynamoDB says of a transaction that its first item has kept from being done. */
function cancellation({ body }: DatabaseRequest, reason: string): object {
  const { TransactItems = [] } = JSON.parse(body) as { TransactItems?: object[] };
  return {
    __type: `${dynamodb}#TransactionCanceledException`,
    Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: TransactItems.map((_, index) => ({ Code: index === 0 ? reason : 'None' })),
  };
}

function refuse(error: object | undefined, response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(error));
}
