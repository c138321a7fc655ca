/**
 * Lists categories of versions before, which all are at the top, with their siblings (decision 0016), while the stage is in use; and
 * those again that a function of such a version has renamed since, which leaves their places in lists as they were.
 */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { succeeds } from './counts';
import { categoryIds, categoryKey, readCategory, type Table } from './table';

/**
 * Lists the categories that are not listed under their present name, and answers how many. Can be run again, and by two
 * at once: whoever writes a category lists it as well.
 */
export async function listBySlug(table: Table): Promise<number> {
  const { documents, tableName } = table;
  let listed = 0;
  for await (const id of categoryIds(table)) {
    const category = await readCategory(table, id);
    if (!category || category.gsi2sk === category.slug) continue;
    const update = new UpdateCommand({
      TableName: tableName,
      Key: categoryKey(id),
      UpdateExpression: 'SET gsi2pk = if_not_exists(gsi2pk, :top), gsi2sk = :slug',
      ConditionExpression: 'slug = :slug AND (attribute_not_exists(gsi2sk) OR gsi2sk <> :slug)',
      ExpressionAttributeValues: { ':top': 'BELOW#none', ':slug': category.slug },
    });
    if (await succeeds(documents.send(update))) listed += 1;
  }
  return listed;
}
