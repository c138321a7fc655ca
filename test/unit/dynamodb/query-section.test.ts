import { DynamoDBDocumentClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../../../src/dynamodb/client';
import { querySection } from '../../../src/dynamodb/read';
import { mockClient } from '../../support/mock-client';

// The local engines never cut a query of small items short, as DynamoDB does at 1 MB.
const dynamodb = mockClient(DynamoDBDocumentClient);
beforeEach(() => dynamodb.reset());

interface Entry {
  sk: string;
}
const entries = (keys: string): Entry[] => Array.from(keys, (sk) => ({ sk }));
const readSection = () => querySection({ pk: 'a', from: '1', to: '7', limit: 3 }, ({ sk }: Entry) => `read ${sk}`);

describe('querySection', () => {
  it('asks for one item more than the limit, from the end of the section, read consistently', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [] });
    await readSection();
    expect(dynamodb.commandCalls(QueryCommand).map(({ args }) => args[0].input)).toEqual([
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': 'a', ':from': '1', ':to': '7' },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: 4,
      },
    ]);
  });

  it.each<[string, Partial<QueryCommandOutput>, string[], boolean]>([
    ['nothing of an empty section', { Items: [] }, [], false],
    ['all, and no more, where fewer are there', { Items: entries('76') }, ['read 7', 'read 6'], false],
    [
      'all, and no more, where just as many are there',
      { Items: entries('765') },
      ['read 7', 'read 6', 'read 5'],
      false,
    ],
    [
      'as many as asked for, and more, where one else is there',
      { Items: entries('7654'), LastEvaluatedKey: { pk: 'a', sk: '4' } },
      ['read 7', 'read 6', 'read 5'],
      true,
    ],
    [
      'as many as asked for, and more, where one else is there and ends the section',
      { Items: entries('7654') },
      ['read 7', 'read 6', 'read 5'],
      true,
    ],
    [
      'fewer, and more, where the query stopped before',
      { Items: entries('7'), LastEvaluatedKey: { pk: 'a', sk: '7' } },
      ['read 7'],
      true,
    ],
  ])('answers %s', async (_, output, items, more) => {
    dynamodb.on(QueryCommand).resolves(output);
    expect(await readSection()).toEqual({ items, more });
  });
});
