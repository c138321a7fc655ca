/** The rules that hold over the whole table, for the table of a running stack. */
import type { StackInfo } from '../../deployment/stack-info';

/** Expects of the stack's table what `expectSoundTable` expects of a test's own. */
export async function expectSoundStack({ dynamodbUrl, tableName }: StackInfo): Promise<void> {
  await jest.isolateModulesAsync(async () => {
    // The table's client is made for whatever these say when it is loaded.
    await import('./environment');
    Object.assign(process.env, { DYNAMODB_ENDPOINT: dynamodbUrl, TABLE_NAME: tableName });
    const { expectSoundTable } = await import('./table-contents');
    await expectSoundTable();
  });
}
