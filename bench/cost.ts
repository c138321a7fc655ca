/** What every operation costs in DynamoDB: its requests and the capacity units that they consume. */
import { withOwnTable } from './own-table';
import type { Part } from './section';

const text = `What each operation asks of DynamoDB and what that consumes, as the embedded engine reports it
(\`ReturnConsumedCapacity\`), for records of less than 1 kB and pages of 25 that are full. A create is one request, any other write
two or three, and what comes below other categories reads each of those first. A page of products is one or, over all statuses, two,
of a subtree two for each of its categories and one more; a page of categories one and one more for each of them, side by
side. Nothing scans: \`test/integration/round-trips.test.ts\` fails where an operation takes more.

A write whose derived slug turns out to be taken is done once more with a suffix. DynamoDB bills the transaction that was
refused, as it does the one that finds an \`Idempotency-Key\` used, but reports neither: their units are not in the table.`;

/** The requests and units of every operation, against a database of its own. */
export const cost = (): Promise<Part[]> =>
  withOwnTable(async () => {
    const { operations, nameOf, succeed } = await import('../test/support/operations');
    const { trafficOf } = await import('../test/support/round-trips');
    const rows: string[][] = [];
    for (const operation of operations) {
      const request = await operation.prepare();
      const { actions, units } = await trafficOf(() => succeed(operation.routeKey, request));
      rows.push([nameOf(operation), list(actions), ...[units.read, units.write, units.indexWrite].map(String)]);
    }
    const header = ['Operation', 'Requests', 'Read units', 'Write units, table', 'Write units, indexes'];
    return [{ text, rows: [header, ...rows] }];
  });

function list(actions: string[]): string {
  const times = (action: string) => actions.filter((other) => other === action).length;
  return [...new Set(actions)]
    .map((action) => (times(action) > 1 ? `${times(action)} × ${action}` : action))
    .join(', ');
}
