/** The bare create: the items that `create-product` writes, in the same transaction, put together by hand. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import type { HttpEvent } from '../../src/http/event';

const { TABLE_NAME: TableName, DYNAMODB_ENDPOINT: endpoint } = process.env;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));

interface Fields {
  sku: string;
  name: string;
  categoryId: string;
}

export async function handler(event: HttpEvent) {
  const id = ulid();
  const { sku, name, categoryId, ...others } = JSON.parse(event.body ?? '') as Fields;
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const [createdAt, createdBy] = [new Date().toISOString(), 'bare'];
  const content = { sku, name, slug, ...others, categoryId, status: 'active', createdAt, createdBy };
  const product = { id, ...content, version: 1, updatedAt: createdAt, updatedBy: createdBy };

  const pk = `PRODUCT#${id}`;
  const index = { gsi1pk: 'PRODUCT#active', gsi1sk: id, gsi2pk: `CATEGORY#${categoryId}#active`, gsi2sk: id };
  const entry = { version: 1, action: 'created', at: createdAt, by: createdBy, changes: leavesOf(content) };
  const changeShard = `CHANGES#${id.charCodeAt(id.length - 1) % 4}`;
  const change = { changeShard, changeKey: `${createdAt}_${id}_0000000001` };
  const ConditionExpression = 'attribute_not_exists(pk)';
  const put = (Item: object) => ({ Put: { TableName, Item: { ...Item }, ConditionExpression } });
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        put({ pk, sk: 'PRODUCT', ...index, ...product }),
        put({ pk: `SKU#${sku}`, sk: `SKU#${sku}`, ownerId: id }),
        put({ pk: `PRODUCT_SLUG#${slug}`, sk: `PRODUCT_SLUG#${slug}`, ownerId: id }),
        {
          Update: {
            TableName,
            Key: { pk: `CATEGORY#${categoryId}`, sk: 'COUNT#00' },
            UpdateExpression: 'ADD products :all, active :active, children :none, writes :once',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':all': 1, ':active': 1, ':none': 0, ':once': 1 },
          },
        },
        put({ pk, sk: 'HISTORY#0000000001', ...entry, ...change }),
      ],
    }),
  );
  return { statusCode: 201, body: JSON.stringify(product) };
}

const leavesOf = (object: object): object[] =>
  Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, after]: [string, unknown]) => ({ pointer: `/${name}/${inner}`, after }))
      : [{ pointer: `/${name}`, after: value }],
  );
