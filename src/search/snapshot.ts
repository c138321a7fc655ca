/** A snapshot of what the index is made of: in S3, for a start that would take too long from the table. */
import { createGunzip, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { sendToS3 } from '../aws/object-store';
import { readSnapshotBucket } from '../config';
import { log } from '../log';
import { searchable } from './entry';
import type { Records } from './index-store';

export interface Snapshot {
  /** When its reading began, in milliseconds since 1970: whatever has changed since then may be missing. */
  asOf: number;
  /**
   * To be gone through once, part by part: all at once would take more memory than the index. Fails if one is missing.
   */
  parts: AsyncIterable<Records>;
}

/** Part of the key, so that a snapshot of another format is not found. */
const format = 3;
/** The roles of both functions name it. */
export const snapshotKey = `products-${format}.gz`;

/**
 * In milliseconds. An older snapshot is not used: the hourly function must have failed for long, and a start would have
 * to read all changes since.
 */
const oldest = 24 * 3_600_000;

/** Whether this deployment keeps snapshots; the local stack does not. */
export const areKept = (): boolean => readSnapshotBucket() !== undefined;

/** The first line, which says when the reading began, and which fields of a product it has. */
const head = z.object({ asOf: z.number(), fields: z.optional(z.array(z.string())) });
/**
 * The last line, which shows that the snapshot is whole: gzip takes one that is cut off between two parts for complete.
 */
const end = 'end';

/**
 * Writes a snapshot: a first line that says when its reading began, a line of JSON for each part, and a last line. Each
 * line is compressed by itself, and gzip reads them as one text.
 */
export class SnapshotWriter {
  private readonly compressed: Buffer[];

  constructor(asOf: Snapshot['asOf']) {
    this.compressed = [gzipSync(JSON.stringify({ asOf, fields: searchable }))];
  }

  add(part: Records): void {
    this.compressed.push(gzipSync(`\n${JSON.stringify(part)}`));
  }

  /** Replaces the one that is there. Throws where S3 does not take it. */
  async write(): Promise<void> {
    const bucket = readSnapshotBucket();
    if (!bucket) throw new Error('There is no bucket for a snapshot');
    const body = Buffer.concat([...this.compressed, gzipSync(`\n${end}`)]);
    const { status } = await sendToS3(bucket, { method: 'PUT', key: snapshotKey, body });
    if (status !== 200) throw new Error(`S3 has not taken the snapshot: ${status}`);
  }
}

/** The latest; undefined where there is none, or none that is of use, which the log says. */
export async function readSnapshot(): Promise<Snapshot | undefined> {
  const bucket = readSnapshotBucket();
  if (!bucket) return undefined;
  const { status, body } = await sendToS3(bucket, { method: 'GET', key: snapshotKey });
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`S3 has not given the snapshot: ${status}`);
  const lines = linesOf(body);
  const { value: first = '' } = await lines.next();
  const { asOf, fields = searchable } = head.parse(JSON.parse(first));
  if (Date.now() - asOf > oldest) {
    log.info('search snapshot is too old', { asOf: new Date(asOf).toISOString() });
    return undefined;
  }
  if (!searchable.every((field) => fields.includes(field))) {
    log.info('search snapshot lacks a field', { has: fields.join(' ') });
    return undefined;
  }
  return { asOf, parts: parse(lines) };
}

async function* parse(lines: AsyncIterable<string>): AsyncGenerator<Records> {
  for await (const line of lines) {
    if (line === end) return;
    yield JSON.parse(line) as Records;
  }
  throw new Error('The snapshot ends before its last part');
}

async function* linesOf(compressed: Buffer): AsyncGenerator<string, undefined> {
  const text = createGunzip({ chunkSize: 1e6 }).setEncoding('utf8');
  text.end(compressed);
  let rest = '';
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
