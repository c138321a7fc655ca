/** `npm run upgrade -- indexes`: the table of a stage from before gets the indexes that it lacks, while it has its items. */
import { randomUUID } from 'node:crypto';
import {
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { readService } from '../../deployment/service';
import { startTableStack, type TableStack } from '../support/fake-table-stack';
import { runHere } from '../support/run-here';
import { addIndexes } from '../../upgrade/indexes';
import { program } from '../../upgrade/upgrade';

const { table } = readService();
const names = table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
const before = ['by-status', 'by-category'];
const lacking = ['all-by-type', 'all-by-category', 'all-changes'];
const dynamodb = new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT'] ?? '' });

let TableName: string;
let stack: TableStack;
beforeEach(async () => {
  TableName = `old-${randomUUID()}`;
  stack = await startTableStack(TableName, before);
  const Item = { pk: { S: 'PRODUCT#1' }, sk: { S: 'PRODUCT' }, id: { S: '1' }, categoryId: { S: 'shoes' } };
  await dynamodb.send(new PutItemCommand({ TableName, Item }));
});
afterEach(() => {
  stack.stop();
});
afterAll(() => {
  dynamodb.destroy();
});

const upgrade = (...args: string[]) =>
  runHere(program, ['indexes', '--stage', 'old', ...args], {
    ...stack.env,
    ...{ AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'secret' },
  });

const indexes = async () => {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  return Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection, IndexStatus }) => {
    return { IndexName, KeySchema, Projection, IndexStatus };
  }).sort((a, b) => names.indexOf(a.IndexName ?? '') - names.indexOf(b.IndexName ?? ''));
};

it('adds what is lacking, one in an update of the stack, until all of it can be read', async () => {
  const { exitCode, stdout, stderr } = await upgrade();
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout:
      'The table has all-by-type, all-by-category, all-changes now, and all other indexes: this version can be deployed.\n',
  });
  for (const name of lacking) expect(stderr).toContain(`${name}: CloudFormation adds it to the table …\n`);
  expect(await indexes()).toEqual(table.GlobalSecondaryIndexes.map((index) => ({ ...index, IndexStatus: 'ACTIVE' })));
  expect(stack.updates).toBe(3);
  const { Items } = await dynamodb.send(
    new QueryCommand({
      ...{ TableName, IndexName: 'all-by-category', KeyConditionExpression: 'categoryId = :shoes' },
      ExpressionAttributeValues: { ':shoes': { S: 'shoes' } },
    }),
  );
  expect(Items).toEqual([{ pk: { S: 'PRODUCT#1' }, sk: { S: 'PRODUCT' }, id: { S: '1' }, categoryId: { S: 'shoes' } }]);
});

it('leaves a stack whose table is as serverless.yml has it, all else as it was, and a bucket without a template', async () => {
  await upgrade();
  const { Properties } = stack.template.Resources.CatalogTable;
  expect({ ...Properties, AttributeDefinitions: new Set(Properties.AttributeDefinitions) }).toEqual({
    ...table,
    AttributeDefinitions: new Set(table.AttributeDefinitions),
  });
  expect(stack.template.Resources.Other).toEqual({ Type: 'Kept' });
  expect([...stack.objects.keys()]).toEqual([]);
});

it('changes nothing the second time', async () => {
  await upgrade();
  const updates = stack.updates;
  const done = 'The table has all indexes: nothing is to be done.\n';
  expect(await upgrade()).toEqual({ exitCode: 0, stdout: done, stderr: '' });
  expect(await upgrade('--dry-run')).toEqual({ exitCode: 0, stdout: done, stderr: '' });
  expect(stack.updates).toBe(updates);
});

it('only says what is lacking with --dry-run', async () => {
  expect(await upgrade('--dry-run')).toEqual({
    exitCode: 0,
    stdout: 'The table lacks all-by-type, all-by-category, all-changes. Nothing was changed.\n',
    stderr: '',
  });
  expect((await indexes())?.map(({ IndexName }) => IndexName)).toEqual(before);
  expect(stack.updates).toBe(0);
});

it('goes on where it was broken off', async () => {
  stack.stop();
  TableName = `old-${randomUUID()}`;
  stack = await startTableStack(TableName, [...before, 'all-by-type']);
  expect((await upgrade()).stdout).toContain('The table has all-by-category, all-changes now');
  expect(stack.updates).toBe(2);
});

it('says what to do with an index that the stack knows nothing of: a deploy would fail to create it', async () => {
  const Create = table.GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === 'all-by-type');
  await dynamodb.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: table.AttributeDefinitions.filter(({ AttributeName }) =>
        ['pk', 'sk', 'id'].includes(AttributeName),
      ),
      GlobalSecondaryIndexUpdates: [{ Create }],
    }),
  );
  const { exitCode, stderr } = await upgrade();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^The table has an index all-by-type that its stack knows nothing of.*delete it.*run the command again\.\n$/,
  );
  expect(stack.updates).toBe(0);
});

it('says where to look when CloudFormation goes back to the template before, and has changed nothing', async () => {
  stack.goesBack = true;
  const { exitCode, stdout, stderr } = await upgrade();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr.split('\n').at(-2)).toBe(
    'The stack admin-catalog-old has not come to be updated: its events in the CloudFormation console say why.',
  );
  expect((await indexes())?.map(({ IndexName }) => IndexName)).toEqual(before);
  expect([...stack.objects.keys()]).toEqual([]);
});

it.each([
  ['with', ['--dry-run']],
  ['without', []],
])('says what to do with an index that the stack has and its table has not, %s --dry-run', async (_, args) => {
  stack.template.Resources.CatalogTable.Properties = table;
  expect(await upgrade(...args)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'The stack has an index all-by-type that its table has not: in the CloudFormation console, update the stack to a template ' +
      'without it, and run the command again.\n',
  });
});

it('names what is still being filled with --dry-run, and waits for it without', async () => {
  await upgrade();
  const said = jest.spyOn(console, 'error').mockReturnValue();
  const env = jest.replaceProperty(process, 'env', { ...process.env, ...stack.env });
  const client = new DynamoDBClient({});
  let looks = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const found = 'Table' in result.output ? result.output.Table?.GlobalSecondaryIndexes : undefined;
      const index = found?.find(({ IndexName }) => IndexName === 'all-changes');
      looks += 1;
      if (index && looks <= 3) index.IndexStatus = 'CREATING';
      return result;
    },
    { step: 'initialize' },
  );
  const settings = { stage: 'old', region: 'eu-central-1', tableName: TableName, dynamodb: client };
  expect(await addIndexes(settings, true)).toEqual(['all-changes']);
  expect(said.mock.calls).toEqual([['all-changes: DynamoDB is still filling it, which the command would wait for.']]);
  expect(looks).toBe(1);
  expect(await addIndexes(settings, false)).toEqual(['all-changes']);
  expect(looks).toBe(4);
  expect(stack.updates).toBe(3);
  client.destroy();
  env.restore();
  said.mockRestore();
});
