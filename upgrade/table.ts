/** The table as an upgrade reads it: categories with their counts, and the products that there are. */
import {
  BatchGetCommand,
  paginateQuery,
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';

export interface Table {
  documents: DynamoDBDocumentClient;
  tableName: string;
}

const categoryItem = z.object({
  sk: z.literal('CATEGORY'),
  slug: z.string(),
  productCount: z.nullable(z.number()),
  childCount: z._default(z.number(), 0),
  gsi2sk: z.optional(z.string()),
});
const countItem = z.object({
  sk: z.string().check(z.startsWith('COUNT#')),
  products: z.number(),
  active: z.number(),
  writes: z.number(),
});
const entry = z.object({ id: z.string(), pk: z.string(), sk: z.string() });
const product = z.object({ id: z.string(), categoryId: z.string(), status: z.string() });

/** A category as versions before left it has a number of products in its own item, and no counts beside it. */
export interface CountedCategory {
  slug: string;
  productCount: number | null;
  childCount: number;
  /** The slug that it is listed by with its siblings; versions before had no such list. */
  gsi2sk?: string | undefined;
  counts: z.infer<typeof countItem>[];
}

export const categoryKey = (id: string) => ({ pk: `CATEGORY#${id}`, sk: 'CATEGORY' });

/** The ids of all categories, as far as the index knows them by now. */
export async function* categoryIds(table: Table): AsyncGenerator<string> {
  for await (const { id } of entries(table, 'all-by-type', 'sk', 'CATEGORY')) yield id;
}

async function* entries(
  { documents, tableName }: Table,
  IndexName: string,
  attribute: string,
  partition: string,
): AsyncGenerator<z.infer<typeof entry>> {
  const query: QueryCommandInput = {
    ...{ TableName: tableName, IndexName, KeyConditionExpression: '#partition = :partition' },
    ExpressionAttributeNames: { '#partition': attribute },
    ExpressionAttributeValues: { ':partition': partition },
  };
  for await (const { Items } of paginateQuery({ client: documents }, query)) yield* z.array(entry).parse(Items);
}

/** The category as the last acknowledged writes left it; undefined if it no longer exists. */
export async function readCategory({ documents, tableName }: Table, id: string): Promise<CountedCategory | undefined> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': categoryKey(id).pk, ':from': 'CATEGORY', ':to': 'COUNT#99' },
      ConsistentRead: true,
    }),
  );
  const [item, ...counts] = Items;
  if (item?.['sk'] !== 'CATEGORY') return undefined;
  return { ...categoryItem.parse(item), counts: z.array(countItem).parse(counts) };
}

const atOnce = 8;

/** How many products of the category there are, each read as the last acknowledged write left it, and how many are active. */
export async function countProducts(table: Table, categoryId: string): Promise<{ all: number; active: number }> {
  const keys: { pk: string; sk: string }[] = [];
  for await (const { pk, sk } of entries(table, 'all-by-category', 'categoryId', categoryId)) keys.push({ pk, sk });
  const batches = Array.from({ length: Math.ceil(keys.length / 100) }, (_, number) =>
    keys.slice(number * 100, (number + 1) * 100),
  ).values();
  const sum = { all: 0, active: 0 };
  const worker = async () => {
    for (const batch of batches) {
      for (const { categoryId: current, status } of await readProducts(table, batch)) {
        if (current !== categoryId) continue;
        sum.all += 1;
        if (status === 'active') sum.active += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return sum;
}

/**
 * The products that exist, of those with these keys. Keys that the table gives back unprocessed are asked for again.
 */
async function readProducts({ documents, tableName }: Table, keys: object[]): Promise<z.infer<typeof product>[]> {
  const found: z.infer<typeof product>[] = [];
  for (let wanted = keys; wanted.length > 0;) {
    const request = { Keys: wanted, ConsistentRead: true, ProjectionExpression: 'id, categoryId, #status' };
    const { Responses, UnprocessedKeys } = await documents.send(
      new BatchGetCommand({
        RequestItems: { [tableName]: { ...request, ExpressionAttributeNames: { '#status': 'status' } } },
      }),
    );
    found.push(...z.array(product).parse(Responses?.[tableName] ?? []));
    wanted = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (wanted.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return found;
}
