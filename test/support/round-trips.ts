/** What an operation asks of the database: every request that leaves the document client, and the capacity it consumed. */
import * as z from 'zod/mini';
import { documents } from '../../src/dynamodb/client';
import { aroundPlainQueries } from './plain-queries';

/** Capacity units, as DynamoDB counts them. */
interface Units {
  read: number;
  /** For what was written to the table itself. */
  write: number;
  /** For what its indexes took over of that. */
  indexWrite: number;
}

/** What was sent, by the names of DynamoDB's actions, and what it consumed. */
export interface Traffic {
  actions: string[];
  units: Units;
}

const capacity = z.object({ CapacityUnits: z.number() });
const consumedCapacity = z.object({
  ...capacity.shape,
  Table: capacity,
  GlobalSecondaryIndexes: z._default(z.record(z.string(), capacity), {}),
});
// A transaction answers one for each of its tables.
const reply = z.object({
  output: z.object({ ConsumedCapacity: z.union([consumedCapacity, z.tuple([consumedCapacity])]) }),
});

const plainAnswer = z.object({ ConsumedCapacity: consumedCapacity });

const noTraffic = (): Traffic => ({ actions: [], units: { read: 0, write: 0, indexWrite: 0 } });
let traffic = noTraffic();

documents.middlewareStack.add(
  (next) => (args) => next({ ...args, input: Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' }) }),
  { step: 'initialize', name: 'askForCapacity' },
);

documents.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (args) => {
      const action = commandName.replace(/Command$/, '');
      traffic.actions.push(action);
      const result = await next(args);
      // A request that is refused gets no further, and DynamoDB does not say what it consumed.
      count(action, [reply.parse(result).output.ConsumedCapacity].flat());
      return result;
    },
  // Behind the SDK's own retries, so that each of them counts.
  { step: 'finalizeRequest', priority: 'low', name: 'countRoundTrips' },
);

aroundPlainQueries(async (input, send) => {
  traffic.actions.push('Query');
  const answer = await send({ ...input, ReturnConsumedCapacity: 'INDEXES' });
  count('Query', [plainAnswer.parse(answer.body).ConsumedCapacity]);
  return answer;
});

function count(action: string, consumed: z.infer<typeof consumedCapacity>[]): void {
  for (const { CapacityUnits, Table, GlobalSecondaryIndexes } of consumed) {
    if (action === 'TransactWriteItems' || action === 'PutItem') {
      traffic.units.write += Table.CapacityUnits;
      for (const index of Object.values(GlobalSecondaryIndexes)) traffic.units.indexWrite += index.CapacityUnits;
    } else traffic.units.read += CapacityUnits;
  }
}

/** Runs one operation, alone, and answers what it sent to the database besides its own result. */
export async function trafficOf<Result>(run: () => Promise<Result>): Promise<Traffic & { result: Result }> {
  traffic = noTraffic();
  const result = await run();
  return { ...traffic, result };
}
