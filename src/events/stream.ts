/** What Lambda hands over of the table's stream, and what it wants to know of it. */
import * as z from 'zod/mini';

const text = z.object({ S: z.string() });

/** Records of new history entries: the event source mapping leaves out all others. */
export const streamBatch = z.object({
  Records: z.array(
    z.object({ dynamodb: z.object({ SequenceNumber: z.string(), Keys: z.object({ pk: text, sk: text }) }) }),
  ),
});

/** `ReportBatchItemFailures`: Lambda hands over again all from the first of these on. */
export interface StreamAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}
