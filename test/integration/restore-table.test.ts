/** npm run restore-table: a stage is given what another table has, through the handlers that go on working with it. */
import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { program } from '../../cli/restore-table';
import { readService } from '../../deployment/service';
import { config } from '../../src/config';
import { createCategory, createProduct, send } from '../support/catalog';
import { startCloudFormation, type FakeCloudFormation } from '../support/fake-cloudformation';
import type { Product } from '../support/representations';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';
import { runHere } from '../support/run-here';

const endpoint = config.dynamodbEndpoint ?? '';
const dynamodb = new DynamoDBClient({ endpoint });
const other = `restored-${randomUUID()}`;

let cloudFormation: FakeCloudFormation;
beforeAll(async () => {
  cloudFormation = await startCloudFormation({
    'admin-catalog-used': { TableName: config.tableName },
    'admin-catalog-other': { TableName: other },
  });
});
afterAll(() => {
  cloudFormation.stop();
  dynamodb.destroy();
});

const create = (TableName: string) => dynamodb.send(new CreateTableCommand({ TableName, ...readService().table }));
beforeEach(async () => {
  await emptyTable();
  await create(other);
});
afterEach(async () => {
  await dynamodb.send(new DeleteTableCommand({ TableName: other }));
});

const restore = (...args: string[]) =>
  runHere(program, args, {
    ...{ AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url, AWS_ENDPOINT_URL_DYNAMODB: endpoint },
    ...{ AWS_REGION: config.region, AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'secret' },
  });

async function contentsOf(TableName: string): Promise<ReadonlySet<unknown>> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
  return new Set(Items);
}

/** The other table has what the stage had before somebody changed, deleted and created products. */
async function spoil(): Promise<{ kept: Product; changed: Product; deleted: Product; categoryId: string }> {
  const { id: categoryId } = await createCategory();
  const product = () => createProduct(categoryId, { status: 'active' });
  const [kept, changed, deleted] = [await product(), await product(), await product()];
  expect((await restore('--stage', 'other', '--from', config.tableName)).exitCode).toBe(0);
  await send('PATCH /products/{productId}', { id: changed.id, body: { name: 'Spoilt', slug: 'spoilt' } });
  await send('DELETE /products/{productId}', { id: deleted.id });
  await createProduct(categoryId);
  return { kept, changed, deleted, categoryId };
}

it('gives an empty table all items, of which a second run finds each the same', async () => {
  await createProduct((await createCategory()).id, {
    attributes: { colour: 'red' },
    price: { amount: 1, currency: 'EUR' },
  });
  const all = await contentsOf(config.tableName);
  expect(await restore('--stage', 'other', '--from', config.tableName)).toEqual({
    exitCode: 0,
    stdout: `${all.size} items were written, 0 were removed, 0 are the same in both. ${other} is the same as ${config.tableName} now.\n`,
    stderr: '',
  });
  expect(await contentsOf(other)).toEqual(all);
  expect((await restore('--stage', 'other', '--from', config.tableName)).stdout).toMatch(
    `0 items were written, 0 were removed, ${all.size} are the same in both.`,
  );
});

it('takes back what was changed, deleted and created since, and leaves a table that can be written to', async () => {
  const { kept, changed, deleted, categoryId } = await spoil();
  const wanted = await contentsOf(other);
  const { exitCode, stdout } = await restore('--stage', 'used', '--from', other);
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('are the same in both.') });
  expect(await contentsOf(config.tableName)).toEqual(wanted);
  await expectSoundTable();
  for (const { id, version, slug } of [kept, changed, deleted]) {
    const { body } = await send('GET /admin/products/{productId}', { id });
    expect(body).toMatchObject({ id, version, slug });
  }
  // SKUs, slugs and counts are as they were too.
  await createProduct(categoryId, { slug: 'spoilt' });
  expect((await send('DELETE /products/{productId}', { id: deleted.id })).status).toBe(204);
  await expectSoundTable();
});

it('only counts with --dry-run what a run then does', async () => {
  await spoil();
  const before = await contentsOf(config.tableName);
  const { stdout } = await restore('--stage', 'used', '--from', other, '--dry-run');
  const [, written, removed, same] =
    /^(\d+) items would be written, (\d+) would be removed, (\d+) are the same in both\. Nothing was changed\.\n$/.exec(
      stdout,
    ) ?? [];
  expect(await contentsOf(config.tableName)).toEqual(before);
  expect((await restore('--stage', 'used', '--from', other)).stdout).toMatch(
    `${written} items were written, ${removed} were removed, ${same} are the same in both.`,
  );
});

it('takes more than DynamoDB gives at once', async () => {
  const text = { S: 'x'.repeat(390_000) };
  for (const pk of ['A', 'B', 'C', 'D']) {
    const Item = { pk: { S: pk }, sk: { S: 'LONG' }, text };
    for (const TableName of pk === 'A' ? [config.tableName] : [config.tableName, other]) {
      await dynamodb.send(new PutItemCommand({ TableName, Item }));
    }
  }
  expect((await restore('--stage', 'other', '--from', config.tableName)).stdout).toMatch(
    '1 items were written, 0 were removed, 3 are the same in both.',
  );
  await dynamodb.send(
    new DeleteItemCommand({ TableName: config.tableName, Key: { pk: { S: 'B' }, sk: { S: 'LONG' } } }),
  );
  expect((await restore('--stage', 'other', '--from', config.tableName)).stdout).toMatch(
    '0 items were written, 1 were removed, 3 are the same in both.',
  );
});

describe('is refused, and changes nothing,', () => {
  const odd = `odd-${randomUUID()}`;
  beforeAll(async () => {
    await dynamodb.send(
      new CreateTableCommand({
        ...{ TableName: odd, BillingMode: 'PAY_PER_REQUEST' },
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
  });

  it.each([
    ['from an empty table', () => other, `${other} is empty: the stage would have nothing left.`],
    ['from a table with other keys', () => odd, `${odd} is no table of a catalogue: its keys are others.`],
    ['from a table that is not there', () => 'nowhere', 'There is no table nowhere: check --from and --region.'],
    [
      'from the table of the stage itself',
      () => config.tableName,
      `${config.tableName} is the table of the stage itself: name the one to take its items from.`,
    ],
  ])('%s', async (_, from, sentence) => {
    await createCategory();
    const before = await contentsOf(config.tableName);
    expect(await restore('--stage', 'used', '--from', from())).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${sentence}\n`,
    });
    expect(await contentsOf(config.tableName)).toEqual(before);
  });

  it('without a stage', async () => {
    expect(await restore('--from', other)).toMatchObject({
      exitCode: 1,
      stderr: 'Name the stage whose table is to be changed with --stage.\n',
    });
  });
});
