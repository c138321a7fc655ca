/** The clock of a handler's own process: time passes there when a test says so, also while the process is frozen. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { requestTime } from './slow-engine';
import { newFolder } from './temporary-file';

export interface ProcessClock {
  /** Tells handler-process.ts where to look. */
  env: { CLOCK_FILE: string };
  /** All the time that a request has is over at once, or is no longer. */
  passTime(isOver: boolean): void;
}

export function newProcessClock(): ProcessClock {
  const file = path.join(newFolder(), 'ahead');
  const clock: ProcessClock = {
    env: { CLOCK_FILE: file },
    passTime: (isOver) => writeFileSync(file, String(isOver ? requestTime : 0)),
  };
  clock.passTime(false);
  return clock;
}
