/**
 * What no local engine does to `npm run restore-table`: DynamoDB takes and gives a part of what was asked, and knows
 * nothing yet of the last writes where nobody asks it to.
 */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { makeSame } from '../../../cli/restore-table/make-same';
import { readService } from '../../../deployment/service';
import { mockClient } from '../../support/mock-client';

const dynamodb = mockClient(DynamoDBClient);

const item = (pk: string, version: string) => ({ pk: { S: pk }, sk: { S: 'PRODUCT' }, version: { N: version } });
const tables: Record<string, ReturnType<typeof item>[]> = {};
const without = (table: string, pk: string | undefined) => (tables[table] ?? []).filter((one) => one.pk.S !== pk);

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  dynamodb.reset();
  dynamodb.on(DescribeTableCommand).resolves({ Table: { KeySchema: readService().table.KeySchema } });
  dynamodb.on(ScanCommand).callsFake(({ TableName = '', ConsistentRead, Limit }: ScanCommandInput) =>
    // One is enough of it to tell a table from an empty one.
    ConsistentRead || Limit === 1 ? { Items: tables[TableName] } : {},
  );
  // One of those asked for, and the rest is given back.
  dynamodb.on(BatchGetItemCommand).callsFake(({ RequestItems = {} }: BatchGetItemCommandInput) => {
    const [[table, { Keys: [first, ...rest] = [], ...how }] = ['', { Keys: [], ConsistentRead: false }]] =
      Object.entries(RequestItems);
    const found = (tables[table] ?? []).filter(({ pk }) => how.ConsistentRead && pk.S === first?.['pk']?.S);
    const UnprocessedKeys = rest.length > 0 ? { [table]: { Keys: rest, ...how } } : {};
    return { Responses: { [table]: found }, UnprocessedKeys };
  });
  dynamodb.on(BatchWriteItemCommand).callsFake(({ RequestItems = {} }: BatchWriteItemCommandInput) => {
    const [[table, [first, ...rest]] = ['', []]] = Object.entries(RequestItems);
    const put = first?.PutRequest?.Item as ReturnType<typeof item> | undefined;
    tables[table] = without(table, put?.pk.S ?? first?.DeleteRequest?.Key?.['pk']?.S).concat(put ?? []);
    return { UnprocessedItems: rest.length > 0 ? { [table]: rest } : {} };
  });
});

it('makeSame asks again for what DynamoDB gave back, until it has read, written and removed everything, as the last writes left it', async () => {
  tables['from'] = [item('A', '1'), item('B', '1'), item('C', '1'), item('D', '1')];
  tables['to'] = [item('A', '1'), item('B', '2'), item('E', '1'), item('F', '1')];
  const done = await makeSame(new DynamoDBClient(), { from: 'from', to: 'to' }, false);
  expect(done).toEqual({ written: 3, removed: 2, same: 1 });
  expect(new Set(tables['to'])).toEqual(new Set(tables['from']));
});

it.each([
  ['show a table', () => dynamodb.on(DescribeTableCommand)],
  ['write to one', () => dynamodb.on(BatchWriteItemCommand)],
])('makeSame fails as DynamoDB does where nobody may %s', async (_, asked) => {
  tables['from'] = [item('A', '1')];
  tables['to'] = [];
  asked().rejects(new Error('Not authorized'));
  await expect(makeSame(new DynamoDBClient(), { from: 'from', to: 'to' }, false)).rejects.toThrow('Not authorized');
});
