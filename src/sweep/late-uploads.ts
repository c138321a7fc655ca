/** Uploads that nothing has decided in two days: S3 has deleted what was sent for them, and nobody would find copies that were made. */
import { idOf, type ChangeEntry } from '../changes/change-store';
import { giveUp } from '../images/accept';
import { uploadShard } from '../images/ticket-store';
import { sideBySide } from '../side-by-side';
import { mostAtOnce } from './attempts';
import { followIndex } from './follow-index';
import { together, type Progress, type Step } from './step';

const day = 24 * 60 * 60 * 1000;

/**
 * When each is looked at, in milliseconds from the end of its form on: the second time for a copy that was under way when the first
 * deleted what there was.
 */
const looks = [
  { name: uploadShard, after: 2 * day },
  { name: `${uploadShard}#AGAIN`, after: 3 * day },
];

export const giveUpLateUploads: Step = async (isTime) => {
  const progress: Progress[] = [];
  for (const { name, after } of looks) {
    const until = Date.now() - after;
    progress.push(await followIndex({ partition: uploadShard, name }, until, isTime, giveUpEach));
  }
  return together(progress);
};

async function giveUpEach(entries: ChangeEntry[]): Promise<number> {
  await sideBySide(entries, ({ pk, sk }) => giveUp(idOf(pk), idOf(sk)), mostAtOnce);
  return entries.length;
}
