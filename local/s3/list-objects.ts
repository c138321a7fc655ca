/** The keys of the bucket, page by page (ListObjectsV2). */
import type { ServerResponse } from 'node:http';
import type { Bucket } from './bucket';
import { sendXml } from './answers';

const mostKeys = 1000;

export function listObjects(
  { name, objects }: Bucket,
  { response, query }: { response: ServerResponse; query: URLSearchParams },
): void {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? mostKeys), mostKeys);
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString();
  const found = objects.list(prefix).filter(({ key }) => key > after);
  const page = found.slice(0, most);
  const isTruncated = found.length > page.length;
  const next = Buffer.from(page.at(-1)?.key ?? '').toString('base64url');
  sendXml(response, 'ListBucketResult', [
    ['Name', name],
    ['Prefix', prefix],
    ['KeyCount', page.length],
    ['IsTruncated', String(isTruncated)],
    ...(isTruncated ? [['NextContinuationToken', next] as const] : []),
    ...page.map(
      ({ key, size, etag, modifiedAt }) =>
        [
          'Contents',
          [
            ['Key', key],
            ['LastModified', new Date(modifiedAt).toISOString()],
            ['ETag', `"${etag}"`],
            ['Size', size],
          ],
        ] as const,
    ),
  ]);
}
