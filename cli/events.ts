/** `npm run events -- replay --stage dev`: sends events again that were not sent, or not delivered. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newStageCommand } from '../deployment/command';
import type { Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { findEvents } from '../deployment/stage-outputs';
import { print } from '../deployment/terminal';
import { replayQueues } from './events/queues';
import { countOf, readInstant, replaySince } from './events/replay';

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
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region }));
  const settings = { ...events, documents, lambda: new LambdaClient({ region }) };
  if (since !== undefined) {
    const { sent, broken } = await replaySince(settings, since, until);
    print(`${sentAgain(sent)}.`);
    if (broken > 0) throw new Failure(`${unmade(broken)}: the log of ${events.functionName} says why.`);
    return;
  }
  const { sent, messages, unknown, broken } = await replayQueues(settings, new SQSClient({ region }), queues);
  print(`${sentAgain(sent)}, for ${countOf(messages, 'message')} of the queues.`);
  const faults: string[] = [];
  if (broken > 0) {
    faults.push(`${unmade(broken)}: the log of ${events.functionName} says why, and the queue keeps what tells of it.`);
  }
  if (unknown > 0) {
    const [tell, them] = unknown === 1 ? ['tells', 'it'] : ['tell', 'them'];
    faults.push(`${countOf(unknown, 'message')} ${tell} of no change: look at ${them} in the console of SQS.`);
  }
  if (faults.length > 0) throw new Failure(faults.join(' '));
}

const unmade = (count: number) => `${countOf(count, 'event')} could not be made`;
const sentAgain = (count: number) => `${countOf(count, 'event')} ${count === 1 ? 'was' : 'were'} sent again`;

export const main = (): Promise<void> => runProgram(program);
