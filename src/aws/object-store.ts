/** S3: requests to a bucket, and what a key's address is. */
import { createHash } from 'node:crypto';
import { sendSigned, type AwsRequest, type AwsResponse } from './signed-request';

/** The object's address, at `endpoint` where something stands for S3. A key has letters, digits, `-`, `.` and `/` alone. */
export const objectUrl = (at: { bucket: string; region: string; endpoint?: string | undefined }, key: string): URL =>
  at.endpoint === undefined
    ? new URL(`https://${at.bucket}.s3.${at.region}.amazonaws.com/${key}`)
    : new URL(`/${at.bucket}/${key}`, at.endpoint);

/** As `sendSigned`, with the hash of the body, which S3 asks for. Its answers, whatever their status, are the caller's to read. */
export const sendToS3 = ({ headers, ...request }: Omit<AwsRequest, 'service'>): Promise<AwsResponse> =>
  sendSigned({
    ...request,
    service: 's3',
    headers: {
      ...headers,
      'x-amz-content-sha256': createHash('sha256')
        .update(request.body ?? '')
        .digest('hex'),
    },
  });
