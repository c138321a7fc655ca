/**
 * Gives up uploads that are undecided after two days. S3 has deleted their files by then, and nobody else would find
 * copies that were made of them.
 */
import type { ChangeEntry } from '../changes/change-store';
import { giveUp } from '../images/accept';
import { readTicketsUnder, uploadShard } from '../images/ticket-store';
import { sideBySide } from '../side-by-side';
import { mostAtOnce } from './attempts';
import { followIndex } from './follow-index';
import { together, type Progress, type Step } from './step';

const day = 24 * 60 * 60 * 1000;

/**
 * When each upload is looked at, in milliseconds after the end of its form. The second time is for a copy that was
 * still being made when the first one deleted what there was.
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
  await sideBySide(await readTicketsUnder(entries), giveUp, mostAtOnce);
  return entries.length;
}
