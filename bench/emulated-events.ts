/** Events on the emulator of AWS: how soon a change is in a queue behind the bus of a deployed stack. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../local/processes/ports';
import { enterAccount } from '../test/deploy/account';
import { findEmulated } from '../test/deploy/deployed-stack';
import { installEmulator, startEmulator } from '../test/deploy/emulator';
import { timeEvents } from '../test/deploy/events';
import { copyProject } from '../test/deploy/project-copy';
import { joinUsers, makeAdmin } from '../test/deploy/users';
import { quantile } from './quantiles';
import { rounds, type Part } from './section';

export async function emulatedEvents(): Promise<Part[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bench-'));
  const [logs, temporary] = [path.join(directory, 'logs'), path.join(directory, 'tmp')];
  for (const folder of [logs, temporary]) mkdirSync(folder);
  process.env['TMPDIR'] = temporary;
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  enterAccount(endpoint);
  const emulator = await startEmulator(await installEmulator(logs), port, directory, logs);
  try {
    await copyProject(path.join(directory, 'project'), logs).sls('deploy');
    const deployment = await findEmulated(endpoint);
    await joinUsers(deployment);
    await makeAdmin(deployment);
    const times = await timeEvents(deployment, rounds(200));
    const figures = [0.5, 0.99, 1].map((part) => `${quantile(times, part).toFixed(0)} ms`);
    return [{ text: explanation, rows: [header, [String(times.length), ...figures]] }];
  } finally {
    await emulator.stop();
    rmSync(directory, { recursive: true });
  }
}

const header = ['changes', 'p50', 'p99', 'longest'];

const explanation = `From the time that a change has (\`at\`, which is before it is committed) until its event was received from the queue of [docs/events.md](events.md#a-queue), by way
of stream, function, bus and rule of a stack that \`sls deploy\` has made: changes to one product, each when the one before has arrived. These are times of the emulator,
whose functions start in processes of this machine; how soon events come on AWS, nobody has measured.`;
