/** What still lies under `pending/`: S3 tells of a file at least once, and Lambda tries that three times, which may all fail. */
import { acceptUpload, receivePreview } from '../images/accept';
import { listFiles } from '../images/bucket';
import { pendingPrefix, readPendingKey } from '../images/keys';
import { log } from '../log';
import { sideBySide } from '../side-by-side';
import type { Step } from './step';

/** In milliseconds: by then, Lambda has given an event up. */
const patience = 10 * 60 * 1000;
const mostAtOnce = 8;

/** Looks at each file as the function does that S3 tells. One that fails keeps no other from its turn. */
export const lookAgain: Step = async (isTime) => {
  let [count, failed] = [0, 0];
  const look = async ({ key }: { key: string }) => {
    const found = readPendingKey(key);
    if (!found || !isTime()) return;
    const { part, productId, imageId } = found;
    try {
      await (part === 'picture' ? acceptUpload : receivePreview)(productId, imageId);
      count += 1;
    } catch (error) {
      failed += 1;
      log.error('upload', { productId, imageId }, error instanceof Error ? error : new Error(String(error)));
    }
  };
  for await (const files of listFiles(pendingPrefix)) {
    const waiting = files.filter(({ modifiedAt }) => Date.now() - Date.parse(modifiedAt) >= patience);
    await sideBySide(waiting, look, mostAtOnce);
    if (!isTime()) break;
  }
  if (failed > 0) throw new Error(`${failed} uploads could not be looked at`);
  return { count, complete: isTime() };
};
