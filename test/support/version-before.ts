/** The version before: handlers that count a category's products in its own item, and keep no lists of all changes and of levels. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { GetCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents, tableName } from '../../src/dynamodb/client';

const before = new AsyncLocalStorage<true>();

/** Runs a call with what the version before wrote. It read counts from the item alone, so deleting is done here below. */
export const asBefore = <Result>(call: () => Promise<Result>): Promise<Result> => before.run(true, call);

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
const sortKeyOf = ({ Put, Update, Delete }: Action) => String(Put?.Item?.['sk'] ?? (Update ?? Delete)?.Key?.['sk']);

const withoutChangeKey = ({ changeShard, changeKey, ...entry }: Record<string, unknown> = {}) => entry;

/** A change of a category, which leaves it listed where it was. */
function withoutLevel(update: NonNullable<Action['Update']>) {
  const { ':gsi2pk': level, ':gsi2sk': slug, ...ExpressionAttributeValues } = update.ExpressionAttributeValues ?? {};
  const { '#gsi2pk': _, '#gsi2sk': __, ...ExpressionAttributeNames } = update.ExpressionAttributeNames ?? {};
  const UpdateExpression = update.UpdateExpression?.replace(', #gsi2pk = :gsi2pk, #gsi2sk = :gsi2sk', '');
  return { ...update, UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues };
}

function actionBefore(action: Action): Action[] {
  const { Put, Update } = action;
  if (sortKeyOf(action).startsWith('HISTORY#')) return [{ Put: Put && { ...Put, Item: withoutChangeKey(Put.Item) } }];
  if (Put?.Item?.['sk'] === 'CATEGORY') {
    const { gsi2pk, gsi2sk, ...item } = Put.Item;
    return [{ Put: { ...Put, Item: { ...item, productCount: 0 } } }];
  }
  if (Update && sortKeyOf(action) === 'CATEGORY') return [{ Update: withoutLevel(Update) }];
  if (!sortKeyOf(action).startsWith('COUNT#')) return [action];
  const step: unknown = Update?.ExpressionAttributeValues?.[':all'];
  if (!Update || step === 0) return [];
  return [
    {
      Update: {
        ...{ TableName: tableName, Key: { ...Update.Key, sk: 'CATEGORY' } },
        ...{ UpdateExpression: 'ADD productCount :step', ConditionExpression: 'attribute_exists(pk)' },
        ExpressionAttributeValues: { ':step': step },
      },
    },
  ];
}

documents.middlewareStack.add(
  (next, { commandName }) =>
    (args) => {
      const input = args.input as TransactWriteCommandInput;
      if (commandName !== 'TransactWriteItemsCommand' || !before.getStore()) return next(args);
      return next({ ...args, input: { ...input, TransactItems: input.TransactItems?.flatMap(actionBefore) } });
    },
  { step: 'initialize' },
);

/** Deletes a category where its own item counts none; answers whether it did. */
export async function deleteCategoryAsBefore(id: string): Promise<boolean> {
  const Key = { pk: `CATEGORY#${id}`, sk: 'CATEGORY' };
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  if (!Item || Item['productCount'] > 0) return false;
  const slug = `CATEGORY_SLUG#${String(Item['slug'])}`;
  const remove = {
    ...{ TableName: tableName, Key, ConditionExpression: 'version = :version AND productCount = :none' },
    ExpressionAttributeValues: { ':version': Item['version'], ':none': 0 },
  };
  const version = Number(Item['version']) + 1;
  const changes = ['name', 'slug', 'createdAt', 'createdBy'].map((field) => ({
    pointer: `/${field}`,
    before: Item[field],
  }));
  const sk = `HISTORY#${String(version).padStart(10, '0')}`;
  const entry = { pk: Key.pk, sk, version, action: 'deleted', at: new Date().toISOString(), by: 'before', changes };
  const transaction = [
    { Delete: remove },
    { Delete: { TableName: tableName, Key: { pk: slug, sk: slug } } },
    { Put: { TableName: tableName, Item: entry, ConditionExpression: 'attribute_not_exists(pk)' } },
  ];
  return documents.send(new TransactWriteCommand({ TransactItems: transaction })).then(
    () => true,
    () => false,
  );
}
