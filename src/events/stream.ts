/** What Lambda hands over of the table's stream, and what it wants to know of it. */
import * as z from 'zod/mini';

const text = z.object({ S: z.string() });

/** Records of new history entries: the event source mapping leaves out all others. */
export const streamBatch = z.object({
  Records: z.array(
    z.object({ dynamodb: z.object({ SequenceNumber: z.string(), Keys: z.object({ pk: text, sk: text }) }) }),
  ),
  /** True where the batch is sent again by hand: who sends it keeps what no event can be made of. */
  replay: z.optional(z.boolean()),
});

interface Named {
  itemIdentifier: string;
}

/** `ReportBatchItemFailures`: Lambda hands over again all from the first of these on. */
export interface StreamAnswer {
  batchItemFailures: Named[];
  /** Those that no event can be made of; to a replay alone. */
  broken?: Named[];
}
