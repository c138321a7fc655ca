/** Who reads what a command prints may go: `npm run catalog -- search mug | head`. */
import { execFileSync, spawnSync, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../deployment/service';
import { newFolder } from '../../support/temporary-file';

/** The end to write to, of a pipe that nobody reads. */
function closedPipe(): number {
  const pipe = path.join(newFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, 'r+');
  const writer = openSync(pipe, 'w');
  closeSync(reader);
  return writer;
}

/** A program of these lines that runs as a command does; whoever reads one of its streams has gone. */
const run = (script: string, stdio: StdioOptions) =>
  spawnSync(process.execPath, ['--require', './command/closed-pipe', '--eval', script], {
    cwd: projectRoot,
    stdio,
    encoding: 'utf8',
  });

it('a command says nothing of a reader that has gone, and ends as by SIGPIPE', () => {
  const script = 'console.log(1); setInterval(() => undefined, 1_000);';
  expect(run(script, ['ignore', closedPipe(), 'pipe'])).toMatchObject({ status: 141, stderr: '' });
});

it('a command goes on where nobody reads its errors any more', () => {
  const script = "console.error(1); setImmediate(() => setImmediate(() => console.log('done')));";
  expect(run(script, ['ignore', 'pipe', closedPipe()])).toMatchObject({ status: 0, stdout: 'done\n' });
});
