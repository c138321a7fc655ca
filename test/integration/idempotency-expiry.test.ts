/** The record under a key: kept for 24 hours, absent from then on, and never there without what it tells of. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { documents, tableName } from '../../src/dynamodb/client';
import { createCategory, createProduct, productFields } from '../support/catalog';
import { creations, newKey, post } from '../support/creations';
import { interleave } from '../support/interleave';
import { expectProblem } from '../support/problems';
import { eachInItsOwnTable, leavingNoTrace, readTable } from '../support/table-contents';

const day = 24 * 60 * 60;
const secondsNow = () => Math.floor(Date.now() / 1000);

/** The attribute by which the table's TTL sweeps. */
function ttlAttribute(): string {
  const ttl = z.object({ AttributeName: z.string(), Enabled: z.literal(true) });
  const table = z.object({ Properties: z.object({ TimeToLiveSpecification: ttl }) });
  const declared = z.object({ Resources: z.object({ CatalogTable: table }) });
  const { resources } = z
    .object({ resources: z.array(z.unknown()) })
    .parse(load(readFileSync(path.join(projectRoot, 'serverless.yml'), 'utf8')));
  const own = resources.filter((resource) => typeof resource === 'object');
  const [{ Resources }] = z.tuple([declared]).parse(own);
  return Resources.CatalogTable.Properties.TimeToLiveSpecification.AttributeName;
}

const idempotencyItem = z.looseObject({ pk: z.string(), sk: z.string(), expiresAt: z.int() });

/** What is kept under the key of the tests' admin, if anything is. */
async function recordUnder(key: string) {
  const item = (await readTable()).find(({ pk }) => pk === `IDEMPOTENCY#admin-sub#${key}`);
  return item && idempotencyItem.parse(item);
}

/** Makes the record under the key expire at this time; where that is past, TTL has not swept it yet. */
async function expireAt(key: string, expiresAt: number): Promise<void> {
  const { pk, sk } = (await recordUnder(key)) ?? {};
  await documents.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk, sk },
      UpdateExpression: 'SET expiresAt = :then',
      ExpressionAttributeValues: { ':then': expiresAt },
    }),
  );
}

afterEach(() => jest.restoreAllMocks());
eachInItsOwnTable();

describe.each(creations)('$route', ({ route, newBody }) => {
  it('keeps a record that TTL may sweep in 24 hours', async () => {
    const key = newKey();
    const before = secondsNow();
    expect((await post(route, key, await newBody())).status).toBe(201);
    const expiresAt = (await recordUnder(key))?.[ttlAttribute()];
    expect(expiresAt).toBeGreaterThanOrEqual(before + day);
    expect(expiresAt).toBeLessThanOrEqual(secondsNow() + day);
  });

  it.each([
    ['a second', 1],
    ['two days, as long as TTL may take', 2 * day],
  ])('does another request under a key whose record expired %s ago, and replaces the record', async (_, ago) => {
    const [key, old, body] = [newKey(), await newBody(), await newBody()];
    await post(route, key, old);
    await expireAt(key, secondsNow() - ago);

    const answer = await post(route, key, body);
    expect(answer).toMatchObject({ status: 201, body });
    expect(answer.headers).not.toHaveProperty('idempotency-replayed');
    expect((await recordUnder(key))?.expiresAt).toBeGreaterThan(secondsNow() + day - 60);

    const again = await leavingNoTrace(() => post(route, key, body));
    expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: answer.body });
    expectProblem(await leavingNoTrace(() => post(route, key, old)), 422, 'idempotency_key_reused');
  });

  it('answers as the first time until the record expires, and not at that very second', async () => {
    const [key, body, other] = [newKey(), await newBody(), await newBody()];
    const first = await post(route, key, body);
    // Not a day from now: the SDK would take its clock for wrong.
    const expiresAt = secondsNow() + 2;
    await expireAt(key, expiresAt);
    const clock = jest.spyOn(Date, 'now');

    clock.mockReturnValue(expiresAt * 1000 - 1);
    const last = await post(route, key, body);
    expect(last).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });

    clock.mockReturnValue(expiresAt * 1000);
    const anew = await post(route, key, other);
    expect(anew).toMatchObject({ status: 201, body: other });
    expect(anew.headers).not.toHaveProperty('idempotency-replayed');
    expect((await recordUnder(key))?.expiresAt).toBe(expiresAt + day);
  });
});

it('POST /categories makes another where what was kept expires between the write and the look at it', async () => {
  const [key, body] = [newKey(), { name: 'Just expired' }];
  const first = await post('POST /categories', key, body);
  const expiresAt = secondsNow() + 2;
  await expireAt(key, expiresAt);
  const second = await interleave(
    () => post('POST /categories', key, body),
    () => Promise.resolve(jest.spyOn(Date, 'now').mockReturnValue(expiresAt * 1000)),
  );
  expect(second.status).toBe(201);
  expect(second.headers).not.toHaveProperty('idempotency-replayed');
  expect(second.body.id).not.toBe(first.body.id);
});

describe('once the record has expired, the same request is a new one', () => {
  it('POST /products returns 409 for its SKU', async () => {
    const [key, body] = [newKey(), productFields((await createCategory()).id)];
    await post('POST /products', key, body);
    await expireAt(key, secondsNow());
    const answer = await leavingNoTrace(() => post('POST /products', key, body));
    expectProblem(answer, 409, 'sku_taken', { field: 'sku', value: body.sku });
  });

  it('POST /categories makes another category', async () => {
    const [key, body] = [newKey(), { name: 'Twice' }];
    const first = await post('POST /categories', key, body);
    await expireAt(key, secondsNow());
    const second = await post('POST /categories', key, body);
    expect(second).toMatchObject({ status: 201, body });
    expect(second.body.id).not.toBe(first.body.id);
  });
});

it('POST /products keeps no record when another request takes the SKU just before', async () => {
  const categoryId = (await createCategory()).id;
  const [key, body] = [newKey(), productFields(categoryId)];
  const answer = await interleave(
    () => post('POST /products', key, body),
    () => createProduct(categoryId, { sku: body.sku }),
  );
  expectProblem(answer, 409, 'sku_taken', { field: 'sku', value: body.sku });
  expect(await recordUnder(key)).toBeUndefined();
});
