/** A bucket of the local stack for one test file, with forms that the AWS SDK signs for it. */
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localRegion } from '../../local/account';
import { imagesBucket, startImageStore, type ImageStore } from '../../local/s3/image-store';

export interface TestImageStore extends ImageStore {
  client: S3Client;
  directory: string;
  /** Ends it, and starts another one on its data. */
  restart(): Promise<TestImageStore>;
  /** Ends it, and removes its data. */
  remove(): Promise<void>;
}

interface Options {
  origins?: string[];
  onCreated?: (event: object) => Promise<void>;
}

export async function newImageStore(
  { origins = [], onCreated = () => Promise.resolve() }: Options = {},
  directory = mkdtempSync(path.join(tmpdir(), 'catalog-images-')),
): Promise<TestImageStore> {
  const store = await startImageStore({ directory, port: 0, origins, onCreated });
  const client = clientOf(store);
  const stop = async () => {
    client.destroy();
    await store.stop();
  };
  return {
    ...store,
    client,
    directory,
    async restart() {
      await stop();
      return newImageStore({ origins, onCreated }, directory);
    },
    async remove() {
      await stop();
      rmSync(directory, { recursive: true });
    },
  };
}

export const clientOf = ({ url, credentials }: Pick<ImageStore, 'url' | 'credentials'>) =>
  new S3Client({ endpoint: url, region: localRegion, forcePathStyle: true, credentials, maxAttempts: 1 });

export const pendingKey = 'pending/01JPRODUCT/01JIMAGE';

/** A form for so many bytes of a PNG under one key, as the API signs one; what is given stands instead. */
export function signForm(
  client: S3Client,
  bytes: number,
  { Key = pendingKey, ...given }: Partial<PresignedPostOptions> = {},
): Promise<PresignedPost> {
  return createPresignedPost(client, {
    Bucket: imagesBucket,
    Key,
    Fields: { 'Content-Type': 'image/png', 'x-amz-meta-author': 'the-author' },
    Conditions: [
      { bucket: imagesBucket },
      ['content-length-range', bytes, bytes],
      ['eq', '$Content-Type', 'image/png'],
      ['eq', '$x-amz-meta-author', 'the-author'],
    ],
    Expires: 300,
    ...given,
  });
}

type Part = readonly [name: string, value: string | Blob];

/** Sends a form part by part, in this order. */
export async function sendParts(url: string, parts: readonly Part[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const response = await fetch(url, { method: 'POST', body: form, headers });
  const text = await response.text();
  return {
    status: response.status,
    code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '',
    text,
    headers: response.headers,
  };
}

export const fileOf = (bytes: number | Uint8Array): Part => [
  'file',
  new Blob([typeof bytes === 'number' ? new Uint8Array(bytes) : new Uint8Array(bytes)]),
];

/** The form as the SDK has signed it, with these fields instead or besides, then the file. */
export const sendForm = (
  { url, fields }: PresignedPost,
  file: number | Uint8Array,
  changed: Record<string, string> = {},
) => sendParts(url, [...Object.entries({ ...fields, ...changed }), fileOf(file)]);
