import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { getItem } from '../../../src/dynamodb/read';
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
