/** The processes of the local stack: started, waited for, and ended together. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why the stack does not start, in one sentence that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

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
      await fetch(url, { signal });
      return;
    } catch {
      // Not listening yet.
      await sleep(25);
    }
  }
  throw new StartError(failure);
}

/** Throws `StartError` when something listens on the port already. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  if (!(await canListen(port))) {
    throw new StartError(`Port ${port} is in use: end what listens there, or set ${variable} to another port.`);
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('There is no free port');
  return port;
}

/** Ports that nothing listens on now, no two the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => {
    const address = server.address();
    return address && typeof address === 'object' ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
