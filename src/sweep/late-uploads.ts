/** Uploads that nothing has decided in two days: S3 has deleted what was sent for them, and nobody would find copies that were made. */
import { idOf } from '../changes/change-store';
import { giveUp } from '../images/accept';
import { uploadShard } from '../images/ticket-store';
import { sideBySide } from '../side-by-side';
import { mostAtOnce } from './attempts';
import { followIndex } from './follow-index';
import type { Step } from './step';

/** In milliseconds, from the end of their forms on. */
const longEnough = 2 * 24 * 60 * 60 * 1000;

export const giveUpLateUploads: Step = (isTime) =>
  followIndex(uploadShard, Date.now() - longEnough, isTime, async (entries) => {
    await sideBySide(entries, ({ pk, sk }) => giveUp(idOf(pk), idOf(sk)), mostAtOnce);
    return entries.length;
  });
