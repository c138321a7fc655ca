/** `npm run upgrade -- --stage dev`: brings the table of a stage to what this version keeps in it, while the stage is in use. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newStageCommand } from '../deployment/command';
import type { Target } from '../deployment/deployment';
import { findTable } from '../deployment/stage-outputs';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { upgradeChanges } from './changes';
import { upgradeCategories } from './counts';
import { listAtTop } from './levels';

export const program = newStageCommand('upgrade', { examples: ['--stage dev'] })
  .description('Brings the table of a deployed stage to what this version keeps in it; to be run after the deploy.')
  .action(() => runCommand(upgrade));

async function upgrade(): Promise<void> {
  const { stage, region: given } = program.opts<Target>();
  if (stage === undefined) throw new Failure('Name the stage to be upgraded with --stage.');
  const { tableName, region } = await findTable(stage, given);
  const client = new DynamoDBClient({ region });
  const table = { documents: DynamoDBDocumentClient.from(client), tableName };
  const listed = await listAtTop(table);
  const done = await upgradeCategories(table);
  const entries = await upgradeChanges(table);
  client.destroy();
  console.log(
    `${done.moved} categories were moved, ${done.corrected} corrected, ${done.right} were right already, ` +
      `${done.gone} went meanwhile. ${listed} came into the list of those at the top, ` +
      `${entries} entries of histories into the record of all changes.`,
  );
  if (done.busy > 0) {
    throw new Failure(
      `${done.busy} categories were written all the while: run the command again when they are quieter.`,
    );
  }
}

export const main = (): Promise<void> => runProgram(program);
