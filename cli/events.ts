/** `npm run events -- replay --stage dev`: sends events again that were not sent, or not delivered. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { newStageCommand } from '../deployment/command';
import type { Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { findEvents } from '../deployment/stage-outputs';
import { print } from '../deployment/terminal';
import { replayQueues } from './events/queues';
import { readInstant, replaySince } from './events/replay';

export const program = newStageCommand('events', {
  examples: ['replay --stage dev', 'replay --stage dev --since 2026-11-26T14:30:00Z'],
}).description('Looks after the events of a deployed stage.');

program
  .command('replay')
  .description(
    'Sends events again: those that the queues of the stage know of, or all of the changes since a time. Each has the eventId that it had.',
  )
  .option(
    '--since <time>',
    'all changes from this day or time on, in UTC, as 2026-11-26 or 2026-11-26T14:30:00Z',
    readInstant,
  )
  .option('--until <time>', 'with --since: and before this one', readInstant)
  .action((options: { since?: string; until?: string }) => runCommand(() => replay(options)));

async function replay({ since, until }: { since?: string; until?: string }): Promise<void> {
  const { stage, region: given } = program.opts<Target>();
  if (stage === undefined) throw new Failure('Name the stage whose events are to be sent again with --stage.');
  if (until !== undefined) {
    if (since === undefined) throw new Failure('--until goes with --since.');
    if (until <= since) throw new Failure('--until must be after --since.');
  }
  const { region, queues, ...events } = await findEvents(stage, given);
  const settings = { ...events, dynamodb: new DynamoDBClient({ region }), lambda: new LambdaClient({ region }) };
  if (since !== undefined) {
    print(`${await replaySince(settings, since, until)} events were sent again.`);
    return;
  }
  const { sent, messages, unknown } = await replayQueues(settings, new SQSClient({ region }), queues);
  print(`${sent} events were sent again, for ${messages} messages of the queues.`);
  if (unknown > 0) throw new Failure(`${unknown} messages tell of no event: look at them in the console of SQS.`);
}

export const main = (): Promise<void> => runProgram(program);
