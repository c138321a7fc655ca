/** Makes a check of a transaction: DynamoDB judges it as if it were written, and writes nothing. */
import { targetOf, type Action } from './transaction';

/**
 * The same conditions at the same positions, without the writes, so that the database itself says what it would refuse.
 */
export const withoutWriting = (actions: Action[]): Action[] =>
  actions.map((action) => ({
    ...action,
    write: { ConditionCheck: { Key: targetOf(action), ...conditionOf(action) } },
  }));

const always = 'attribute_exists(pk) OR attribute_not_exists(pk)';

function conditionOf({ write: { Put, Update, Delete } }: Action) {
  const { TableName, ConditionExpression = always, ExpressionAttributeValues = {} } = Put ?? Update ?? Delete ?? {};
  // DynamoDB refuses values that no expression names.
  const used = Object.entries(ExpressionAttributeValues).filter(([name]) => ConditionExpression.includes(name));
  const values = used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {};
  return { TableName, ConditionExpression, ...values };
}
