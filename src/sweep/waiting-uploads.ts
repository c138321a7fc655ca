/**
 * Looks again at files that still lie under `pending/`: S3 tells of each, but Lambda tries that three times at most.
 */
import { acceptUpload, receivePreview } from '../images/accept';
import { listFiles } from '../images/bucket';
import { pendingPrefix, readPendingKey } from '../images/keys';
import { attemptEach } from './attempts';
import type { Step } from './step';

/** In milliseconds: by then, Lambda has given an event up. */
const patience = 10 * 60 * 1000;

/**
 * Treats each file as the function does that S3 tells of it. One that fails is looked at in every run, until S3 deletes
 * it.
 */
export const lookAgain: Step = async (isTime) => {
  const progress = { count: 0, failed: 0, complete: true };
  for await (const files of listFiles(pendingPrefix)) {
    const waiting = files
      .filter(({ modifiedAt }) => Date.now() - Date.parse(modifiedAt) >= patience)
      .flatMap(({ key }) => readPendingKey(key) ?? []);
    const { failed, left } = await attemptEach(
      waiting,
      isTime,
      ({ productId, imageId }) => ({ productId, imageId }),
      ({ part, productId, imageId }) => (part === 'picture' ? acceptUpload : receivePreview)(productId, imageId),
    );
    progress.count += waiting.length - failed.length - left.length;
    progress.failed += failed.length;
    progress.complete = left.length === 0;
    if (!isTime()) return { ...progress, complete: false };
  }
  return progress;
};
