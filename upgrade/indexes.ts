/**
 * Adds the indexes that the table of a stage lacks, before this version is deployed to it: CloudFormation creates one in an update of a
 * stack, and does not wait until it is filled. By updates of the stack, and not of the table alone: CloudFormation compares
 * templates, and would then try to create what is there already (cloudformation-coverage-roadmap, issue 881).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Failure } from '../deployment/failure';
import { readService } from '../deployment/service';
import { printError } from '../deployment/terminal';
import { readTemplate, updateTemplate, type Stack, type Template } from './stack';

export interface IndexedTable extends Stack {
  dynamodb: DynamoDBClient;
  tableName: string;
}

/** How long the command waits for an index to be filled, in milliseconds. DynamoDB promises no time. */
const longestFilling = 3_600_000;

/**
 * The names of the indexes that were lacking or not filled yet, in the order in which they are dealt with. Can be done again, and goes on
 * where it was broken off: what is being filled is waited for. `dryRun` only names them. Throws `Failure`, before anything is changed where
 * the stack and its table differ.
 */
export async function addIndexes(table: IndexedTable, dryRun: boolean): Promise<string[]> {
  const names = readService().table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
  let template = await readTemplate(table);
  const states = await indexStates(table);
  const isKnown = (name: string) => indexesOf(template).some(({ IndexName }) => IndexName === name);
  for (const name of names) {
    if (isKnown(name) && isGone(states.get(name))) throw new Failure(missingFromTable(name));
    if (!isKnown(name) && states.has(name)) throw new Failure(unknownToStack(table, name));
  }
  const unready = names.filter((name) => !isKnown(name) || states.get(name) === 'CREATING');
  for (const name of unready) {
    if (dryRun) {
      if (isKnown(name)) printError(`${name}: DynamoDB is still filling it, which the command would wait for.`);
      continue;
    }
    if (!isKnown(name)) {
      printError(`${name}: CloudFormation adds it to the table …`);
      template = withIndex(template, name);
      await updateTemplate(table, template);
    }
    await untilFilled(table, name);
  }
  return unready;
}

const propertiesOf = ({ Resources }: Template) => Resources.CatalogTable.Properties;
const indexesOf = (template: Template) => propertiesOf(template).GlobalSecondaryIndexes;

/** The template with one more index of serverless.yml, and with the attributes that its keys need. */
function withIndex(template: Template, name: string): Template {
  const { AttributeDefinitions, GlobalSecondaryIndexes } = readService().table;
  const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name);
  if (!index) throw new Error(`serverless.yml has no index ${name}`);
  const known = propertiesOf(template).AttributeDefinitions;
  const keys = index.KeySchema.map(({ AttributeName }) => AttributeName);
  const needed = AttributeDefinitions.filter(
    ({ AttributeName }) => keys.includes(AttributeName) && !known.some((one) => one.AttributeName === AttributeName),
  );
  const Properties = {
    ...propertiesOf(template),
    AttributeDefinitions: [...known, ...needed],
    GlobalSecondaryIndexes: [...indexesOf(template), index],
  };
  const CatalogTable = { ...template.Resources.CatalogTable, Properties };
  return { ...template, Resources: { ...template.Resources, CatalogTable } };
}

const unknownToStack = ({ tableName, region }: IndexedTable, name: string) =>
  `The table has an index ${name} that its stack knows nothing of, so that a deploy would fail: delete it (aws dynamodb update-table ` +
  `--region ${region} --table-name ${tableName} --global-secondary-index-updates '[{"Delete":{"IndexName":"${name}"}}]'), ` +
  'wait until it is gone, and run the command again.';

const missingFromTable = (name: string) =>
  `The stack has an index ${name} that its table has not: in the CloudFormation console, update the stack to a template without it, ` +
  'and run the command again.';

/** The state of each index of the table, by its name. An emulator gives no state to an index that exists. */
async function indexStates({ dynamodb, tableName }: IndexedTable): Promise<Map<string | undefined, string>> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  const indexes = Table?.GlobalSecondaryIndexes ?? [];
  return new Map(indexes.map(({ IndexName, IndexStatus = 'ACTIVE' }) => [IndexName, IndexStatus]));
}

/** Whether the index does not exist, or is just being deleted. */
const isGone = (state: string | undefined): boolean => state === undefined || state === 'DELETING';

async function untilFilled(table: IndexedTable, name: string): Promise<void> {
  const started = Date.now();
  for (let looks = 0; ; looks += 1) {
    const state = (await indexStates(table)).get(name);
    if (isGone(state)) throw new Failure(missingFromTable(name));
    if (state !== 'CREATING') return;
    const seconds = Math.round((Date.now() - started) / 1_000);
    if (seconds * 1_000 > longestFilling) {
      throw new Failure(`DynamoDB is still filling ${name}: run the command again, which goes on waiting for it.`);
    }
    if (looks % 12 === 0) printError(`${name}: DynamoDB fills it, for ${seconds} s now …`);
    await sleep(Math.min(5_000, 250 * 2 ** looks));
  }
}
