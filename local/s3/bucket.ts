/** The bucket: its objects, and the events of those that are new under `pending/`. */
import { randomUUID } from 'node:crypto';
import { prefixes } from '../../resources/picture-rules';
import { accountId, localRegion } from '../account';
import type { Notifications } from './notifications';
import type { About, Arrived, Objects, StoredObject } from './objects';

export interface Bucket {
  name: string;
  objects: Objects;
  /** Answers the object once it is on disk together with the event that tells of it. */
  put(how: 'Post' | 'Put', key: string, about: About, arrived: Arrived): StoredObject;
  copy(from: StoredObject, key: string, about: About): StoredObject;
}

export function bucketOf(name: string, objects: Objects, notifications: Notifications): Bucket {
  const create = (how: string, key: string, of: Pick<StoredObject, 'size' | 'etag'>, make: () => StoredObject) =>
    key.startsWith(prefixes.pending) ? notifications.around(createdEvent(name, how, key, of), make) : make();
  return {
    name,
    objects,
    put: (how, key, about, arrived) => create(how, key, arrived, () => objects.put(key, about, arrived)),
    copy: (from, key, about) => create('Copy', key, from, () => objects.copy(from, key, about)),
  };
}

/** "Event message structure", S3 user guide. */
const createdEvent = (
  bucket: string,
  how: string,
  key: string,
  { size, etag }: Pick<StoredObject, 'size' | 'etag'>,
) => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: localRegion,
      eventTime: new Date().toISOString(),
      eventName: `ObjectCreated:${how}`,
      userIdentity: { principalId: `AWS:${accountId}` },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': randomUUID() },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'pending',
        bucket: { name: bucket, ownerIdentity: { principalId: accountId }, arn: `arn:aws:s3:::${bucket}` },
        object: {
          // As in a query: a space is a plus.
          key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
          size,
          eTag: etag,
          sequencer: Date.now().toString(16).padStart(16, '0').toUpperCase(),
        },
      },
    },
  ],
});
