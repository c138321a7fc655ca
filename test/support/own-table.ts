/** Creates the table of an integration test file before its tests run. */
import { ensureTable } from '../../local/table';

beforeAll(async () => {
  const { DYNAMODB_ENDPOINT, TABLE_NAME } = process.env;
  if (!DYNAMODB_ENDPOINT || !TABLE_NAME) throw new Error('test/support/start-database.ts has not run');
  await ensureTable(DYNAMODB_ENDPOINT, TABLE_NAME);
});
