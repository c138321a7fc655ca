import { BatchGetCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../../src/dynamodb/client';
import { getItem, getItems } from '../../../src/dynamodb/read';
import { mockClient } from '../../support/mock-client';

const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamodb.reset());

describe('getItem', () => {
  const key = { pk: 'a', sk: 'a' };

  it('answers what is made of the item, read consistently', async () => {
    dynamodb.on(GetCommand, { Key: key, ConsistentRead: true }).resolves({ Item: { ...key, name: 'Shoe' } });
    expect(await getItem(key, (item: { name: string }) => item.name)).toBe('Shoe');
  });

  it('answers undefined where there is no item', async () => {
    dynamodb.on(GetCommand).resolves({});
    expect(await getItem(key, () => 'made of nothing')).toBeUndefined();
  });
});

describe('getItems', () => {
  const [a, b, c] = [
    { pk: 'a', sk: 'a' },
    { pk: 'b', sk: 'b' },
    { pk: 'c', sk: 'c' },
  ];

  it('asks again for what DynamoDB gives back, for its size or throttled, and answers in the order of the keys', async () => {
    dynamodb
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { [tableName]: [b] }, UnprocessedKeys: { [tableName]: { Keys: [a, c] } } })
      .resolves({ Responses: { [tableName]: [a] } });
    expect(await getItems([a, b, c])).toEqual([a, b, undefined]);
  });
});
