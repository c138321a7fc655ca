/** S3's notifications of what is new under `pending/`: at least once, in any order, and again where one fails. */
import type { S3Event } from 'aws-lambda';
import { withinInvocation, type Invocation } from '../deadline';
import { acceptUpload, receivePreview } from './accept';
import { readPendingKey } from './keys';

/** Throws what Lambda is to try again. */
export async function acceptImages({ Records }: S3Event, context: Invocation): Promise<void> {
  await withinInvocation(context, async () => {
    for (const { s3 } of Records) {
      // As in a form (S3's user guide, "Event message structure").
      const key = readPendingKey(decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
      if (!key) continue;
      await (key.part === 'picture' ? acceptUpload : receivePreview)(key.productId, key.imageId);
    }
  });
}
