/** Reads the entries of an index partition between two sort keys: all of them, or those that match. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { send, tableName } from './client';
import type { IndexPartition } from './page';

export interface Range extends IndexPartition {
  /** Both included. */
  from: string;
  to: string;
  order: 'ascending' | 'descending';
  /** How many entries are looked at, whether they match or not. */
  limit?: number;
  /** The attributes that come back; without this, all that the index has. */
  fields?: readonly string[];
  /** Only entries with these values match; the attributes are such as the index has beside its keys. */
  only?: Readonly<Record<string, string | undefined>>;
}

/**
 * The entries that match, beginning at `from` or, in descending order, at `to`. A query ends at `limit` or at 1 MB;
 * `end` is then the sort key of the last entry that it has looked at. Entries come back unchecked, as with `getItem`.
 */
export async function queryRange<Entry>(range: Range): Promise<{ entries: Entry[]; end?: string }> {
  const { index, partitionKey, partition, sortKey, from, to, order, limit, fields, only = {} } = range;
  const wanted = Object.entries(only).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const { Items = [], LastEvaluatedKey } = await send(
    new QueryCommand({
      TableName: tableName,
      IndexName: index,
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ...(wanted.length > 0 && {
        FilterExpression: wanted.map((_, at) => `#only${at} = :only${at}`).join(' AND '),
      }),
      ExpressionAttributeNames: {
        ...{ '#partition': partitionKey, '#sort': sortKey },
        ...Object.fromEntries(wanted.map(({ name }, at) => [`#only${at}`, name])),
        ...Object.fromEntries((fields ?? []).map((name, at) => [`#field${at}`, name])),
      },
      ExpressionAttributeValues: {
        ...{ ':partition': partition, ':from': from, ':to': to },
        ...Object.fromEntries(wanted.map(({ value }, at) => [`:only${at}`, value])),
      },
      ...(fields && { ProjectionExpression: fields.map((_, at) => `#field${at}`).join(', ') }),
      ScanIndexForward: order === 'ascending',
      ...(limit === undefined ? {} : { Limit: limit }),
    }),
  );
  const entries = Items as Entry[];
  return LastEvaluatedKey === undefined ? { entries } : { entries, end: String(LastEvaluatedKey[sortKey]) };
}

/** All of a range in its order, upwards, in pages of `limit`. The last entry of a page may come once more at the start of the next. */
export async function* readRange<Entry>(range: Omit<Range, 'order'>): AsyncGenerator<Entry[]> {
  for (let from: string | undefined = range.from; from !== undefined;) {
    const page: { entries: Entry[]; end?: string } = await queryRange<Entry>({ ...range, from, order: 'ascending' });
    yield page.entries;
    from = page.end;
  }
}
