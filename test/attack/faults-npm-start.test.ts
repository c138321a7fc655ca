/** `npm start` killed in the middle of writes, and started again: what it has acknowledged is there. */
import { expectEachOnce, newWrites, writeAll } from '../support/keyed-writes';
import { startOwnStack, type OwnStack } from '../support/own-stack';
import { processTree, sigkill } from '../support/process-tree';
import { expectSoundStack } from '../support/sound-stack';

let own: OwnStack;

beforeAll(async () => {
  own = await startOwnStack('killed');
});

afterAll(() => own.stop());

const kills: [string, (pid: number) => void][] = [
  ['its process group is', (pid) => process.kill(-pid, 'SIGKILL')],
  // The engine too, which otherwise ends in order because its parent does.
  ['every process of it is, the engine included,', (pid) => sigkill(processTree(pid))],
];

it.each(kills)('npm start has kept every acknowledged write when %s killed in the middle of 200', async (_, kill) => {
  const writes = await newWrites(own.info, 200);
  const after = (acknowledged: number) => {
    if (acknowledged === 100) kill(own.running.child.pid ?? 0);
  };
  await writeAll(own.info, writes, 6, { after, ends: true });
  await own.startAgain();
  const unacknowledged = writes.filter((write) => !write.acknowledged).length;
  expect(unacknowledged).toBeGreaterThan(0);
  await expectEachOnce(own.info, writes);
  await expectSoundStack(own.info);
});
