/** The fields that the server alone sets, the same on every record: its version, and who wrote it when. */
import { staleVersion } from '../errors';

export interface RecordFields {
  /** Counts writes from 1; quoted, it is the record's ETag. */
  version: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The caller's `sub`. */
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

export function firstVersion(author: string): RecordFields {
  const now = new Date().toISOString();
  return { version: 1, createdAt: now, createdBy: author, updatedAt: now, updatedBy: author };
}

type Origin = Pick<RecordFields, 'version' | 'createdAt' | 'createdBy'>;

export function nextVersion({ version, createdAt, createdBy }: Origin, author: string): RecordFields {
  return { version: version + 1, createdAt, createdBy, updatedAt: new Date().toISOString(), updatedBy: author };
}

/** What a merge patch makes of a field (RFC 7396): what is absent leaves it, and `null` puts it back to its preset. */
export const patched = <Value>(change: Value | null | undefined, current: Value, preset: Value): Value =>
  change === null ? preset : (change ?? current);

/** Throws `stale_version` when the caller expects another version; one who expects none accepts any. */
export function requireVersion({ version }: RecordFields, expected: number | undefined): void {
  if (expected !== undefined && expected !== version) throw staleVersion(version);
}
