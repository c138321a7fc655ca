/** The function that publishes events in a Node of its own, which can be killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { bundle } from '../../command/bundle';
import { projectRoot } from '../../deployment/service';
import type { StreamAnswer } from '../../src/events/stream';

const script = `
  const [file, batch] = process.argv.slice(1);
  require(file)
    .handler(JSON.parse(batch), { getRemainingTimeInMillis: () => 30_000 })
    .then((answer) => process.stdout.write(JSON.stringify(answer), () => process.exit()));
`;

/** Undefined where it was killed. `began` gets the way to do so. */
export async function publishInOwnProcess(
  batch: object,
  began: (kill: () => void) => void,
): Promise<StreamAnswer | undefined> {
  const [file = ''] = await bundle(['functions/publish-events.ts']);
  const args = ['--eval', script, file, JSON.stringify(batch)];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  began(() => child.kill('SIGKILL'));
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return printed === '' ? undefined : (JSON.parse(printed) as StreamAnswer);
}
