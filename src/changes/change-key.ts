/**
 * Keys of the index `all-changes`, the record of all changes: it has the history entries of all records by time, in
 * four partitions.
 */

/** One partition takes 1,000 changes a second; a record stays in one, so that its changes come in their order. */
export const shards = ['CHANGES#0', 'CHANGES#1', 'CHANGES#2', 'CHANGES#3'] as const;

export interface ChangeKey {
  changeShard: string;
  /** When, which record and which version: unlike any other, and sorted by time. */
  changeKey: string;
}

/** The key for what made this version of the record under `pk`. */
export const changeKeyOf = (pk: string, { at, version }: { at: string; version: number }): ChangeKey => ({
  changeShard: shards[pk.charCodeAt(pk.length - 1) % shards.length] ?? shards[0],
  changeKey: `${at}_${pk.slice(pk.indexOf('#') + 1)}_${String(version).padStart(10, '0')}`,
});

/** A `changeKey`, as a list gives it for a token. */
export const changeKey = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-7][0-9A-HJKMNP-TV-Z]{25}_\d{10}$/;

/** The version of the record that the entry under this key made. */
export const versionOf = (key: string): number => Number(key.slice(key.lastIndexOf('_') + 1));
