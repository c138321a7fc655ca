/** A table in a database of its own, for handlers that this process loads. */
import { ensureTable } from '../local/database/table';
import { stopAll } from '../test/support/services';
import startDatabase from '../test/support/start-database';

/** `measure` must load handlers itself, by `import()`: they read the environment as they are loaded, which is set by then. */
export async function withOwnTable<Result>(measure: () => Promise<Result>): Promise<Result> {
  try {
    await startDatabase();
    await import('../test/support/environment');
    await ensureTable(process.env['DYNAMODB_ENDPOINT'] ?? '', process.env['TABLE_NAME'] ?? '');
    return await measure();
  } finally {
    await stopAll();
  }
}
