/** Decides when the reads of an operation happen among other operations, where chance would seldom bring them close enough to matter. */
import { documents } from '../../src/dynamodb/client';

interface Read {
  command: string;
  input: Readonly<Record<string, unknown>>;
}

/** Called before each read of the table is sent, which waits for it, and after it has been answered. A test takes away what it has put here. */
export const reads: {
  before?: ((read: Read) => Promise<unknown> | undefined) | undefined;
  after?: ((read: Read) => Promise<unknown> | undefined) | undefined;
} = {};

documents.middlewareStack.add(
  (next, { commandName: command = '' }) =>
    async (args) => {
      const read = { command, input: { ...args.input } };
      const isRead = ['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand'].includes(command);
      if (isRead) await reads.before?.(read);
      const answer = await next(args);
      if (isRead) await reads.after?.(read);
      return answer;
    },
  { step: 'initialize', name: 'reads' },
);

/** The partition of the item that is read by its key; undefined for any other read. */
export const partitionOf = ({ input: { Key } }: Read): unknown =>
  typeof Key === 'object' && Key !== null && 'pk' in Key ? Key.pk : undefined;
