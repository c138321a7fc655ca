/** S3: where a bucket is, and requests about its objects. */
import { createHash } from 'node:crypto';
import { serviceHost } from './service-host';
import { sendSigned, type AwsRequest, type AwsResponse } from './signed-request';

/** `endpoint` is set where something else stands in for S3. */
interface Bucket {
  bucket: string;
  region: string;
  endpoint?: string | undefined;
}

/** The address of a bucket, without a slash at the end. */
export const bucketUrl = ({ bucket, region, endpoint }: Bucket): string =>
  endpoint === undefined
    ? `https://${bucket}.${serviceHost('s3', region)}`
    : `${endpoint.replace(/\/$/, '')}/${bucket}`;

interface ObjectRequest extends Pick<AwsRequest, 'method' | 'headers' | 'body'> {
  /** Only letters, digits, `-`, `.` and `/`: it becomes part of the address as it is. */
  key: string;
  query?: Record<string, string>;
}

/** As `sendSigned`, with the hash of the body, which S3 asks for. Its answers, whatever their status, are the caller's to read. */
export const sendToS3 = (at: Bucket, { key, query, headers, ...request }: ObjectRequest): Promise<AwsResponse> =>
  sendSigned({
    ...request,
    service: 's3',
    region: at.region,
    url: new URL(`${bucketUrl(at)}/${key}${query ? `?${new URLSearchParams(query).toString()}` : ''}`),
    headers: {
      ...headers,
      'x-amz-content-sha256': createHash('sha256')
        .update(request.body ?? '')
        .digest('hex'),
    },
  });
