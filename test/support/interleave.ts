/** Puts one operation exactly between the reads and the write of another, where chance would seldom put it. */
import { documents } from '../../src/dynamodb/client';

const waiting: { act?: () => Promise<unknown> } = {};

documents.middlewareStack.add(
  (next, context) => async (args) => {
    const { act } = waiting;
    if (context.commandName === 'TransactWriteCommand' && act) {
      delete waiting.act;
      await act();
    }
    return next(args);
  },
  { step: 'initialize', name: 'interleave' },
);

/** Runs `operation`, and `act` just before its first write. Fails if it came to no write. */
export async function interleave<Result>(
  operation: () => Promise<Result>,
  act: () => Promise<unknown>,
): Promise<Result> {
  waiting.act = act;
  const result = await operation();
  expect(waiting.act).toBeUndefined();
  return result;
}
