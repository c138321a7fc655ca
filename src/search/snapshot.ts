/** A snapshot of what the index is made of: in S3, for a start that would take too long from the table. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sendToS3 } from '../aws/object-store';
import { readSnapshotBucket } from '../config';
import { log } from '../log';
import type { Records } from './index-store';

/** When its reading began, in milliseconds since 1970: whatever has changed since then may be missing. */
export interface Snapshot {
  asOf: number;
  parts: Records[];
}

/** What a bucket has of another format is as none. */
const format = 2;
/** One that is older is as none: the hourly function has failed for long, and a start would have to read all changes since. */
const oldest = 24 * 3_600_000;

const key = `products-${format}.gz`;

/** Whether this deployment keeps snapshots; the local stack does not. */
export const areKept = (): boolean => readSnapshotBucket() !== undefined;

/** Replaces the one that is there: a line of JSON for when, and one for each part. Throws where S3 does not take it. */
export async function writeSnapshot({ asOf, parts }: Snapshot): Promise<void> {
  const bucket = readSnapshotBucket();
  if (!bucket) throw new Error('There is no bucket for a snapshot');
  const body = await promisify(gzip)([{ asOf }, ...parts].map((line) => JSON.stringify(line)).join('\n'));
  const { status } = await sendToS3(bucket, { method: 'PUT', key, body });
  if (status !== 200) throw new Error(`S3 has not taken the snapshot: ${status}`);
}

/** The latest; undefined where there is none, or none that is of use, which the log says. */
export async function readSnapshot(): Promise<Snapshot | undefined> {
  const bucket = readSnapshotBucket();
  if (!bucket) return undefined;
  const { status, body } = await sendToS3(bucket, { method: 'GET', key });
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`S3 has not given the snapshot: ${status}`);
  const [first = '', ...lines] = (await promisify(gunzip)(body)).toString().split('\n');
  const { asOf } = JSON.parse(first) as { asOf: number };
  if (Date.now() - asOf > oldest) {
    log.info('search snapshot is too old', { asOf: new Date(asOf).toISOString() });
    return undefined;
  }
  return { asOf, parts: lines.map((line) => JSON.parse(line) as Records) };
}
