/** Runs a command to its end, for no longer than this process lives. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

const withParent = path.join(projectRoot, 'local', 'processes', 'run-with-parent.mjs');

interface Command {
  command: string;
  args: string[];
  cwd: string;
  /** Everything the command prints goes to this file. */
  logFile: string;
}

/** Answers what the command printed on stdout and stderr. Fails when its exit code is not 0. */
export async function runCommand({ command, args, cwd, logFile }: Command): Promise<string> {
  const child = spawn(process.execPath, [withParent, command, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    stream.pipe(log, { end: false });
  }
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  log.end();
  if (exitCode !== 0) throw new Error(`it failed: ${logFile} says why`);
  return output;
}
