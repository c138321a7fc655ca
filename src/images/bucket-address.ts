/** Where the bucket of pictures is. */
import { config, readImageSettings } from '../config';

/** Its name, and its address without a slash at the end. */
export function bucketAddress(): { bucket: string; bucketUrl: string } {
  const { bucket, endpoint } = readImageSettings();
  if (endpoint === undefined) return { bucket, bucketUrl: `https://${bucket}.s3.${config.region}.amazonaws.com` };
  return { bucket, bucketUrl: `${endpoint.replace(/\/$/, '')}/${bucket}` };
}
