/** Decides when writes happen among other operations, where chance would seldom bring them close enough to matter. */
import { documents } from '../../src/dynamodb/client';

/** Called before a transaction is sent; the transaction waits for it. */
const gate: { beforeWrite?: (() => Promise<unknown>) | undefined } = {};

documents.middlewareStack.add(
  (next, context) => async (args) => {
    if (context.commandName === 'TransactWriteItemsCommand') await gate.beforeWrite?.();
    return next(args);
  },
  { step: 'initialize', name: 'gate' },
);

/** Runs `operation`, and `act` just before its first write. Fails if it came to no write. */
export async function interleave<Result>(
  operation: () => Promise<Result>,
  act: () => Promise<unknown>,
): Promise<Result> {
  gate.beforeWrite = () => {
    gate.beforeWrite = undefined;
    return act();
  };
  const result = await operation();
  expect(gate.beforeWrite).toBeUndefined();
  return result;
}

/** Holds writes back until this many wait, then lets them all go at once, and those after them as they come. */
export function holdWrites(count: number): void {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  gate.beforeWrite = () => {
    arrived += 1;
    if (arrived === count) {
      gate.beforeWrite = undefined;
      open();
    }
    return opened;
  };
}
