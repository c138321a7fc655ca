/** All-or-nothing writes: what each failed condition means, and when to try again. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { longestTry } from '../aws/bounded-tries';
import { isTimeFor } from '../deadline';
import { busy } from '../errors';
import { send } from './client';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction, and the error it stands for when its condition fails. */
export interface Action {
  write: Write;
  otherwise?: () => Error;
  /** Called when someone else's transaction is on the item. */
  onConflict?: () => void;
}

/** The key of the item that an action writes or looks at. */
export function targetOf({ write: { Put, Update, Delete, ConditionCheck } }: Action): Record<string, unknown> {
  const { pk, sk } = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {};
  return { pk, sk };
}

/** Nothing was written, and the whole operation may be tried again: someone else got in between. */
export class Contention extends Error {
  override readonly name: string = 'Contention';
}

/** Nothing was written: the table is throttled. Every further try adds to its load. */
export class Throttling extends Contention {
  override readonly name = 'Throttling';
}

/** An action that kept its whole transaction from being written. */
export interface Refusal {
  position: number;
  error: Error;
  /** Its own condition, and not a conflict or a throttling. */
  conditionFailed: boolean;
}

/** Writes all actions or none. Throws the error of the first refusal. */
export async function transact(actions: Action[]): Promise<void> {
  const [refusal] = await attempt(actions);
  if (refusal) throw refusal.error;
}

/**
 * Writes all actions or none, and answers the refusals: none, and all is written. DynamoDB gives its reasons by position: a
 * failed condition is the error of its action, a conflict or throttling, which the SDK does not retry here, `Contention`. A
 * condition that fails behind a conflict may have failed of what the other write has already done.
 */
export async function attempt(actions: Action[]): Promise<Refusal[]> {
  try {
    await send(new TransactWriteCommand({ TransactItems: actions.map(({ write }) => write) }));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const refusals = (error.CancellationReasons ?? []).flatMap(({ Code = '' }, position) => {
      const reason = meaning(Code, actions[position]);
      return reason ? [{ position, error: reason, conditionFailed: Code === 'ConditionalCheckFailed' }] : [];
    });
    if (refusals.length === 0) throw error;
    return refusals;
  }
}

const throttled = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded']);

function meaning(code: string, action?: Action): Error | undefined {
  if (code === 'ConditionalCheckFailed') return action?.otherwise?.();
  if (throttled.has(code)) return new Throttling();
  if (code !== 'TransactionConflict') return undefined;
  action?.onConflict?.();
  return new Contention();
}

const budget = 7_000;
const longestPause = 400;
const mostThrottlings = 3;

/**
 * Runs an operation again, after a pause with jitter, for as long as it throws `Contention`; gives up with `busy` after seven
 * seconds or where the request's time does not suffice for another try, and with the third throttling of the table, which is
 * left alone for longer each time.
 */
export async function retryOnContention<Result>(operation: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + budget;
  let throttlings = 0;
  for (let ceiling = 20; ; ceiling = Math.min(ceiling * 2, longestPause)) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof Contention)) throw error;
      if (error instanceof Throttling) throttlings += 1;
      const pause = error instanceof Throttling ? pauseAfter(throttlings) : Math.random() * ceiling;
      const isOver = throttlings === mostThrottlings || Date.now() + pause >= end || !isTimeFor(pause + longestTry);
      if (isOver) throw busy(error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Half a second at most after the first throttling, a second after the next; half of that at least. */
const pauseAfter = (throttlings: number) => (0.5 + Math.random() / 2) * 250 * 2 ** throttlings;
