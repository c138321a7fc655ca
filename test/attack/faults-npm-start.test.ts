/** `npm start` killed in the middle of writes, and started again: what it has acknowledged is there. */
import { eventually } from '../support/eventually';
import { expectEachOnce, newWrites, writeAll } from '../support/keyed-writes';
import { npmStart, openPorts } from '../support/npm-start';
import { startOwnStack, type OwnStack } from '../support/own-stack';
import { processTree } from '../support/process-tree';
import { expectSoundStack } from '../support/sound-stack';

let own: OwnStack;

beforeAll(async () => {
  own = await startOwnStack('killed');
});

afterAll(() => own.stop());

/** Sends SIGKILL to a process, or with a negative id to its group. */
const sigkill = (pid: number) => process.kill(pid, 'SIGKILL');

const kills: [string, (pid: number) => void][] = [
  ['its process group is', (pid) => sigkill(-pid)],
  // The engine too, which otherwise ends in order because its parent does.
  ['every process of it is, the engine included,', (pid) => processTree(pid).forEach((below) => sigkill(below.pid))],
];

it.each(kills)('npm start has kept every acknowledged write when %s killed in the middle of 200', async (_, kill) => {
  const writes = await newWrites(own.info, 200);
  const after = (acknowledged: number) => {
    if (acknowledged === 100) kill(own.running.child.pid ?? 0);
  };
  await writeAll(own.info, writes, 6, { after, ends: true });
  await own.running.exit;
  await eventually('end of all it started', async () => (await openPorts(own.settings)).length === 0);

  own.running = npmStart(own.settings);
  await own.running.ready;
  const unacknowledged = writes.filter((write) => !write.acknowledged).length;
  expect(unacknowledged).toBeGreaterThan(0);
  await expectEachOnce(own.info, writes);
  await expectSoundStack(own.info);
});
