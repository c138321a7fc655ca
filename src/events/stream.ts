/** What Lambda hands over from the table's stream, and what it wants for an answer. */
import * as z from 'zod/mini';

const text = z.object({ S: z.string() });

/** Records of new history entries: the event source mapping leaves out all others. */
export const streamBatch = z.object({
  Records: z.array(
    z.object({ dynamodb: z.object({ SequenceNumber: z.string(), Keys: z.object({ pk: text, sk: text }) }) }),
  ),
  /**
   * Set by the command that sends a batch again, which is told of entries that no event can be made of; the queue is
   * not.
   */
  replay: z.optional(z.boolean()),
});

interface Named {
  itemIdentifier: string;
}

/** Lambda hands over again everything from the first of these on (`ReportBatchItemFailures`). */
export interface StreamAnswer {
  batchItemFailures: Named[];
  /** Records of entries that no event can be made of; only a replay is told of them. */
  broken?: Named[];
}
