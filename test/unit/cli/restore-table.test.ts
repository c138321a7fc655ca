/** What no local engine does to `npm run restore-table`: DynamoDB takes and gives a part of what was asked. */
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
  dynamodb.on(ScanCommand).callsFake(({ TableName = '' }: ScanCommandInput) => ({ Items: tables[TableName] }));
  // One of those asked for, and the rest is given back.
  dynamodb.on(BatchGetItemCommand).callsFake(({ RequestItems = {} }: BatchGetItemCommandInput) => {
    const [[table, { Keys: [first, ...rest] = [] }] = ['', { Keys: [] }]] = Object.entries(RequestItems);
    const found = (tables[table] ?? []).filter(({ pk }) => pk.S === first?.['pk']?.S);
    return { Responses: { [table]: found }, UnprocessedKeys: rest.length > 0 ? { [table]: { Keys: rest } } : {} };
  });
  dynamodb.on(BatchWriteItemCommand).callsFake(({ RequestItems = {} }: BatchWriteItemCommandInput) => {
    const [[table, [first, ...rest]] = ['', []]] = Object.entries(RequestItems);
    const put = first?.PutRequest?.Item as ReturnType<typeof item> | undefined;
    tables[table] = without(table, put?.pk.S ?? first?.DeleteRequest?.Key?.['pk']?.S).concat(put ?? []);
    return { UnprocessedItems: rest.length > 0 ? { [table]: rest } : {} };
  });
});

it('makeSame asks again for what DynamoDB gave back, until it has read, written and removed everything', async () => {
  tables['from'] = [item('A', '1'), item('B', '1'), item('C', '1'), item('D', '1')];
  tables['to'] = [item('A', '1'), item('B', '2'), item('E', '1'), item('F', '1')];
  const done = await makeSame(new DynamoDBClient(), { from: 'from', to: 'to' }, false);
  expect(done).toEqual({ written: 3, removed: 2, same: 1 });
  expect(new Set(tables['to'])).toEqual(new Set(tables['from']));
});
