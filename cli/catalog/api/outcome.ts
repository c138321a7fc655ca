/** What has become of a row. */

export interface Change {
  action: 'created' | 'changed' | 'unchanged';
  /** What was changed. */
  fields: string[];
}

export type Outcome = Change | { action: 'rejected'; reason: string };
