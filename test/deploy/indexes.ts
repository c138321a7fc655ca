/** A stage from before: its table loses two indexes, as the emulator lets it, and `npm run upgrade -- indexes` brings them back. */
import assert from 'node:assert/strict';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { findTable } from '../../deployment/stage-outputs';
import { addIndexes } from '../../upgrade/indexes';
import { readTemplate, updateTemplate, type Template } from '../../upgrade/stack';
import { clientSettings, region, stage } from './account';

const lacking = ['all-by-category', 'all-changes'];
const attributes = ['categoryId', 'changeShard', 'changeKey'];

/** Answers which indexes were added. */
export async function addLackingIndexes(): Promise<string> {
  const stack = { stage, region };
  const { tableName } = await findTable(stage, region);
  const dynamodb = new DynamoDBClient(clientSettings());
  const indexes = async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
    return Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort();
  };
  const [before, template] = [await indexes(), await readTemplate(stack)];
  await updateTemplate(stack, withoutLacking(template));
  assert.deepEqual(
    await indexes(),
    before?.filter((name = '') => !lacking.includes(name)),
  );
  const table = { ...stack, tableName, dynamodb };
  assert.deepEqual(await addIndexes(table, true), lacking);
  assert.deepEqual(await addIndexes(table, false), lacking);
  assert.deepEqual(await indexes(), before);
  assert.deepEqual(await addIndexes(table, false), []);
  return lacking.join(', ');
}

function withoutLacking(template: Template): Template {
  const { CatalogTable } = template.Resources;
  const { AttributeDefinitions, GlobalSecondaryIndexes } = CatalogTable.Properties;
  const Properties = {
    ...CatalogTable.Properties,
    AttributeDefinitions: AttributeDefinitions.filter(({ AttributeName }) => !attributes.includes(AttributeName)),
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.filter(({ IndexName }) => !lacking.includes(IndexName)),
  };
  return { ...template, Resources: { ...template.Resources, CatalogTable: { ...CatalogTable, Properties } } };
}
