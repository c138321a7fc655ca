/**
 * Moves the count of a category's products out of its item (decision 0014) while the stage is in use, and sets its count of
 * active products right, which versions before did not keep.
 */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { categoryIds, categoryKey, countProducts, readCategory, type CountedCategory, type Table } from './table';

/** What was done: `right` needed nothing, `busy` was written all the while and is to be tried again. */
type Outcome = 'moved' | 'corrected' | 'right' | 'gone' | 'busy';

/** How many categories came to which end. */
export async function upgradeCategories(table: Table): Promise<Record<Outcome, number>> {
  const done: Record<Outcome, number> = { moved: 0, corrected: 0, right: 0, gone: 0, busy: 0 };
  for await (const id of categoryIds(table)) done[await moveCounts(table, id)] += 1;
  return done;
}

const mostTries = 20;

/** Can be run again, and by two at once; goes on where it was interrupted. */
async function moveCounts(table: Table, id: string): Promise<Outcome> {
  let outcome: Outcome = 'right';
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const category = await readCategory(table, id);
    if (!category) return 'gone';
    if (category.productCount !== null) {
      if (await moveToCounts(table, id, category.productCount, category.childCount)) outcome = 'moved';
      continue;
    }
    const missing = await missingActive(table, id, category);
    if (missing === 0) return outcome;
    if (missing !== undefined && (await addActive(table, id, category, missing))) {
      return outcome === 'moved' ? outcome : 'corrected';
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt));
  }
  return 'busy';
}

/**
 * Moves the number into the first of the counts, which count the products from then on. Until the products have been
 * looked at, all of them are taken for active, as they were counted before. Answers false if the number has changed
 * meanwhile.
 */
async function moveToCounts(
  { documents, tableName }: Table,
  id: string,
  productCount: number,
  childCount: number,
): Promise<boolean> {
  const { pk } = categoryKey(id);
  const counts = Array.from({ length: 64 }, (_, share) => {
    const [products, children] = share === 0 ? [productCount, childCount] : [0, 0];
    const sk = `COUNT#${String(share).padStart(2, '0')}`;
    const Item = { pk, sk, products, active: products, children, writes: 0 };
    return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  });
  const Update = {
    TableName: tableName,
    Key: categoryKey(id),
    UpdateExpression: 'SET productCount = :moved REMOVE childCount',
    ConditionExpression: `productCount = :count AND ${childCount === 0 ? childless : 'childCount = :children'}`,
    ExpressionAttributeValues: { ':moved': null, ':count': productCount, ':children': childCount },
  };
  return succeeds(documents.send(new TransactWriteCommand({ TransactItems: [{ Update }, ...counts] })));
}

/**
 * How many active products the counts lack. Every write counts what it changes, so this number stays the same while
 * others write; but it can be found only at a moment without writes. Undefined if there was a write since `before` was
 * read, or if the index does not have all products yet.
 */
async function missingActive(table: Table, id: string, before: CountedCategory): Promise<number | undefined> {
  const found = await countProducts(table, id);
  const after = await readCategory(table, id);
  if (!isDeepStrictEqual(after?.counts, before.counts)) return undefined;
  const sum = (attribute: 'products' | 'active') => before.counts.reduce((total, count) => total + count[attribute], 0);
  return found.all === sum('products') ? found.active - sum('active') : undefined;
}

/**
 * Corrects the first of the counts. Answers false if somebody has written it since it was read, perhaps to correct it
 * too.
 */
function addActive({ documents, tableName }: Table, id: string, { counts }: CountedCategory, missing: number) {
  const [first] = counts;
  return succeeds(
    documents.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { pk: categoryKey(id).pk, sk: first?.sk },
        UpdateExpression: 'ADD active :missing, writes :one',
        ConditionExpression: 'writes = :read',
        ExpressionAttributeValues: { ':missing': missing, ':one': 1, ':read': first?.writes },
      }),
    ),
  );
}

const childless = '(attribute_not_exists(childCount) OR childCount = :children)';

export async function succeeds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    const refused = error instanceof TransactionCanceledException || error instanceof ConditionalCheckFailedException;
    if (!refused) throw error;
    return false;
  }
}
