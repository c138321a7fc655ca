/** `npm run restore-table -- --stage dev --from <table>`: gives a stage what another table has, as one that DynamoDB has restored. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { newStageCommand } from '../deployment/command';
import type { Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { findTable } from '../deployment/stage-outputs';
import { print } from '../deployment/terminal';
import { makeSame } from './restore-table/make-same';

interface Options extends Target {
  from: string;
  dryRun?: boolean;
}

export const program = newStageCommand('restore-table', {
  examples: ['--stage dev --from catalog-restored --dry-run', '--stage dev --from catalog-restored'],
})
  .description('Makes the table of a deployed stage the same as another one. Nobody may write to either meanwhile.')
  .requiredOption('--from <table>', 'the name of the other table, in the same region')
  .option('--dry-run', 'only say how much would be changed')
  .action((options: Options) => runCommand(() => restore(options)));

/** For very many writes at a time, which a new table has to get used to. */
const maxAttempts = 10;

async function restore({ stage, region: given, from, dryRun = false }: Options): Promise<void> {
  if (stage === undefined) throw new Failure('Name the stage whose table is to be changed with --stage.');
  const { tableName: to, region } = await findTable(stage, given);
  if (from === to) throw new Failure(`${from} is the table of the stage itself: name the one to take its items from.`);
  const dynamodb = new DynamoDBClient({ region, maxAttempts });
  const { written, removed, same } = await makeSame(dynamodb, { from, to }, dryRun);
  dynamodb.destroy();
  const [were, done] = dryRun ? ['would be', 'Nothing was changed.'] : ['were', `${to} is the same as ${from} now.`];
  print(`${written} items ${were} written, ${removed} ${were} removed, ${same} are the same in both. ${done}`);
}

export const main = (): Promise<void> => runProgram(program);
