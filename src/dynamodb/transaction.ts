/** All-or-nothing writes: what each failed condition means, and when to try again. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { busy } from '../errors';
import { documents } from './client';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction, and the error it stands for when its condition fails. */
export interface Action {
  write: Write;
  otherwise?: () => Error;
}

/** Someone else got in between: nothing was written, and the whole operation may be tried again. */
export class Contention extends Error {
  override readonly name = 'Contention';
}

/**
 * Writes all actions or none. DynamoDB gives its reasons by position, and the first one decides: a failed condition for the
 * error of its action, a conflict or throttling, which the SDK does not retry, for `Contention`. A condition that fails behind
 * a conflict may have failed of what the other write has already done.
 */
export async function transact(actions: Action[]): Promise<void> {
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: actions.map(({ write }) => write) }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    throw meaning(error, actions);
  }
}

const contended = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);

function meaning(error: TransactionCanceledException, actions: Action[]): Error {
  for (const [position, { Code = '' }] of (error.CancellationReasons ?? []).entries()) {
    const otherwise = actions[position]?.otherwise;
    if (Code === 'ConditionalCheckFailed' && otherwise) return otherwise();
    if (contended.has(Code)) return new Contention();
  }
  return error;
}

const budget = 7_000;
const longestPause = 400;

/**
 * Runs an operation again, after a pause with full jitter, for as long as it throws `Contention`; gives up with `busy`
 * after seven seconds, so that the answer comes before the function's timeout.
 */
export async function retryOnContention<Result>(operation: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + budget;
  for (let ceiling = 20; ; ceiling = Math.min(ceiling * 2, longestPause)) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof Contention)) throw error;
      const pause = Math.random() * ceiling;
      if (Date.now() + pause >= end) throw busy(error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
