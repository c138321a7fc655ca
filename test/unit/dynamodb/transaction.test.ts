import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { transact, Contention, type Action } from '../../../src/dynamodb/transaction';
import { categoryNotFound, notFound, skuTaken, slugTaken } from '../../../src/errors';
import { cancelled } from '../../support/cancelled';
import { mockClient } from '../../support/mock-client';

// The local engines never cancel a transaction for a conflict or for throttling.
const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamodb.reset());

const write = (pk: string): Action['write'] => ({ Delete: { TableName: 'table', Key: { pk, sk: pk } } });
const actions: Action[] = [
  { write: write('product') },
  { write: write('sku'), otherwise: () => skuTaken('A-1') },
  { write: write('slug'), otherwise: () => slugTaken('product', 'shoe') },
  { write: write('category'), otherwise: () => categoryNotFound('C-1') },
];

async function errorFor(failure: Error): Promise<unknown> {
  dynamodb.on(TransactWriteCommand).rejects(failure);
  return transact(actions).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('transact', () => {
  it('writes all actions in their order, at once', async () => {
    dynamodb.on(TransactWriteCommand).resolves({});
    await transact(actions);
    expect(dynamodb.calls().map((call) => call.args[0].input)).toEqual([
      { TransactItems: [write('product'), write('sku'), write('slug'), write('category')] },
    ]);
  });

  const ok = 'None';
  const failed = 'ConditionalCheckFailed';
  it.each([
    ['the second', [ok, failed, ok, ok], skuTaken('A-1')],
    ['the third', [ok, ok, failed, ok], slugTaken('product', 'shoe')],
    ['the fourth', [ok, ok, ok, failed], categoryNotFound('C-1')],
    ['the first of several', [ok, failed, failed, failed], skuTaken('A-1')],
    ['a condition beside a conflict', [ok, ok, failed, 'TransactionConflict'], slugTaken('product', 'shoe')],
  ])('throws the error of the action whose condition failed: %s', async (_, codes, expected) => {
    expect(await errorFor(cancelled(...codes))).toEqual(expected);
  });

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'])(
    'throws Contention for %s, wherever it stands',
    async (code) => {
      expect(await errorFor(cancelled(code, ok, ok, ok))).toBeInstanceOf(Contention);
      expect(await errorFor(cancelled(ok, ok, ok, code))).toBeInstanceOf(Contention);
    },
  );

  it('throws Contention for a conflict before a failed condition, which may be of the same making', async () => {
    expect(await errorFor(cancelled('TransactionConflict', failed, ok, failed))).toBeInstanceOf(Contention);
  });

  it.each<[string, Error]>([
    ['a reason that it does not know', cancelled(ok, 'ItemCollectionSizeLimitExceeded', ok, ok)],
    ['a faulty write', cancelled('ValidationError', ok, ok, ok)],
    ['a failed condition that stands for no error', cancelled(failed, ok, ok, ok)],
    ['a cancellation without reasons', cancelled()],
    ['an error that is no cancellation', new Error('ValidationException')],
    ['an error of the application', notFound('product')],
  ])('throws on, as it is, %s', async (_, failure) => {
    expect(await errorFor(failure)).toBe(failure);
  });

  it('throws on a cancellation that says nothing of its reasons', async () => {
    const failure = new TransactionCanceledException({ message: 'cancelled', $metadata: {} });
    expect(await errorFor(failure)).toBe(failure);
  });
});
