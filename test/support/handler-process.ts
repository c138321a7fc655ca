/** What runs in a handler's own process: any handler of `functions/`, the client that it writes by, and a clock that a test sets. */
import './patient-tries';
import { readFileSync } from 'node:fs';
export { documents } from '../../src/dynamodb/client';

const { CLOCK_FILE } = process.env;
if (CLOCK_FILE !== undefined) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + Number(readFileSync(CLOCK_FILE, 'utf8'));
}

/** Loads the handler of this name. */
export async function handlerOf(name: string): Promise<unknown> {
  const { handler } = (await import(`../../functions/${name}.ts`)) as { handler: unknown };
  return handler;
}
