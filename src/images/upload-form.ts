/** Forms that send one file to S3: whoever has one can send exactly what it was made for, for a few minutes. */
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { bucketUrl } from '../aws/object-store';
import { readImageBucket } from '../config';
import type { Announced } from './ticket-store';

/** Sent as `multipart/form-data` to `url`: all `fields`, and after them the file as `file`. */
export interface UploadForm {
  url: string;
  fields: Record<string, string>;
}

const service = 's3';

/**
 * A POST policy, signed (S3's user guide, "Authenticating requests: browser-based uploads using POST"). S3 refuses every other
 * key, type and size, and every field that is not among these. A presigned PUT could not limit the size.
 */
export async function signForm(key: string, { type, bytes }: Announced, expiresAt: Date): Promise<UploadForm> {
  const at = readImageBucket();
  const { bucket, region } = at;
  const credentials = await fromEnv()();
  const signingDate = new Date();
  const date = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const signed = {
    key,
    'Content-Type': type,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${credentials.accessKeyId}/${date.slice(0, 8)}/${region}/${service}/aws4_request`,
    'x-amz-date': date,
    // A function's credentials are temporary, and nothing without it.
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const conditions = [
    { bucket },
    ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', bytes, bytes],
  ];
  const policy = Buffer.from(JSON.stringify({ expiration: expiresAt.toISOString(), conditions })).toString('base64');
  const signer = new SignatureV4({ credentials, region, service, sha256: Hash.bind(null, 'sha256') });
  const signature = await signer.sign(policy, { signingDate });
  return { url: bucketUrl(at), fields: { ...signed, policy, 'x-amz-signature': signature } };
}
