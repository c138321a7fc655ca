/** What has become of a row. */
import * as z from 'zod/mini';

/** One changed field, as the history has it. */
export const fieldChange = z.object({
  pointer: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
});
export type FieldChange = z.infer<typeof fieldChange>;

export interface Change {
  action: 'created' | 'changed' | 'unchanged';
  changes: FieldChange[];
}

export interface Refusal {
  action: 'rejected';
  reason: string;
  /** Whether what other rows have done since may let it pass; without this, nothing that they do will. */
  mayPass?: () => boolean;
}

/** What the API says of a product's row: `conflict` where its slug is another product's, or of another row of the request. */
export type ProductOutcome = (Change | Refusal) & { conflict?: 'product' | 'row' };

export type Outcome = Change | Refusal;
