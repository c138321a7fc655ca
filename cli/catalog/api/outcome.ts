/** What has become of a row. */

/** One changed field, as the history has it. */
export interface FieldChange {
  pointer: string;
  before?: unknown;
  after?: unknown;
}

export interface Change {
  action: 'created' | 'changed' | 'unchanged';
  changes: FieldChange[];
}

export type Outcome = Change | { action: 'rejected'; reason: string };
