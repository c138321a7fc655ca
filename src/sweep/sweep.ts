/** Once an hour: no upload stays undecided, and no file of a picture that has been gone for long. */
import { deadlineSignal, withinDeadline } from '../deadline';
import { log } from '../log';
import { deleteLeftFiles } from './left-files';
import { giveUpLateUploads } from './late-uploads';
import type { Step } from './step';
import { lookAgain } from './waiting-uploads';

/** In milliseconds: what is begun ends in it. */
const margin = 20_000;

/** What must not wait comes first; each step has its share of the time, and what those before it have left. */
const steps: Record<string, Step> = {
  'uploads looked at again': lookAgain,
  'uploads given up': giveUpLateUploads,
  'pictures deleted': deleteLeftFiles,
};

/** No step stops another. Rejects where one has failed, so that its alarm tells. */
export async function sweep(remaining: number): Promise<void> {
  const end = Date.now() + remaining - margin;
  const failures: unknown[] = [];
  await withinDeadline(remaining - margin / 2, async () => {
    for (const [at, [name, step]] of Object.entries(steps).entries()) {
      const until = Date.now() + (end - Date.now()) / (Object.keys(steps).length - at);
      try {
        const { count, failed, complete } = await step(() => Date.now() < until);
        log.info('sweep', { step: name, count, failed, complete });
        if (failed > 0) failures.push(new Error(`"${name}": ${failed} failed, and will be tried again`));
      } catch (error) {
        deadlineSignal()?.throwIfAborted();
        failures.push(error);
      }
    }
  });
  if (failures.length > 0) throw new AggregateError(failures, 'Not all of the sweep could be done');
}
