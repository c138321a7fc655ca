/** `npm run upgrade -- --stage dev`: brings the table of a stage to what this version keeps in it, while the stage is in use. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newStageCommand } from '../deployment/command';
import type { Target } from '../deployment/deployment';
import { findTable } from '../deployment/stage-outputs';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print } from '../deployment/terminal';
import { upgradeChanges } from './changes';
import { upgradeCategories } from './counts';
import { addIndexes } from './indexes';
import { listBySlug } from './levels';

export const program = newStageCommand('upgrade', {
  examples: ['indexes --stage dev --dry-run', 'indexes --stage dev', '--stage dev'],
}).description('Brings the table of a deployed stage to what this version keeps in it.');

program
  .command('indexes')
  .description('Adds the indexes that the table lacks, one at a time; to be run before the deploy.')
  .option('--dry-run', 'only say which they are')
  .action(({ dryRun = false }: { dryRun?: boolean }) => runCommand(() => upgradeIndexes(dryRun)));

program
  .command('items', { isDefault: true })
  .description('Moves what the table holds to where this version keeps it; to be run after the deploy. The preset.')
  .action(() => runCommand(upgradeItems));

async function findStage() {
  const { stage, region: given } = program.opts<Target>();
  if (stage === undefined) throw new Failure('Name the stage to be upgraded with --stage.');
  const { tableName, region } = await findTable(stage, given);
  return { stage, region, tableName, dynamodb: new DynamoDBClient({ region }) };
}

async function upgradeIndexes(dryRun: boolean): Promise<void> {
  const table = await findStage();
  const added = await addIndexes(table, dryRun);
  table.dynamodb.destroy();
  if (added.length === 0) print('The table has all indexes: nothing is to be done.');
  else if (dryRun) print(`The table lacks ${added.join(', ')}. Nothing was changed.`);
  else print(`The table has ${added.join(', ')} now, and all other indexes: this version can be deployed.`);
}

async function upgradeItems(): Promise<void> {
  const { tableName, dynamodb } = await findStage();
  const table = { documents: DynamoDBDocumentClient.from(dynamodb), tableName };
  const listed = await listBySlug(table);
  const done = await upgradeCategories(table);
  const entries = await upgradeChanges(table);
  dynamodb.destroy();
  print(
    `${done.moved} categories were moved, ${done.corrected} corrected, ${done.right} were right already, ` +
      `${done.gone} went meanwhile. ${listed} came into the list of their siblings, ` +
      `${entries} entries of histories into the record of all changes.`,
  );
  if (done.busy > 0) {
    throw new Failure(
      `${done.busy} categories were written all the while: run the command again when they are quieter.`,
    );
  }
}

export const main = (): Promise<void> => runProgram(program);
