/** The processes of the local stack: started, waited for, and ended together. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireAnswer } from '../../deployment/answer';
import { StartError } from './start-error';

export interface Service {
  /** Settles when the process has ended, whoever ended it. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

interface Command {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Everything the process prints goes to this file. */
  logFile: string;
  onLine?: (line: string) => void;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches the stack first and the stack ends it in order. */
export function startService({ command, args, cwd, env, logFile, onLine }: Command): Service {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(process.execPath, [path.join(__dirname, 'run-with-parent.mjs'), command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  if (onLine) {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => log.end(resolve)));
  return {
    ended,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

// Generous, for a machine that is busy with other things.
const startLimit = 60_000;

/** Waits until the address answers HTTP at all. Throws `StartError` with `failure` when the process ends or hangs instead. */
export async function waitUntilReady(service: Service, url: string, failure: string): Promise<void> {
  const over = new AbortController();
  void service.ended.then(() => {
    over.abort();
  });
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(startLimit)]);
  while (!signal.aborted) {
    try {
      await requireAnswer(url, signal);
      return;
    } catch {
      // Not listening yet.
      await sleep(25);
    }
  }
  throw new StartError(failure);
}
