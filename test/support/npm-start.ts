/** Runs `npm start` as a person does, for tests that watch it start, fail and end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../local/processes/ports';
import { projectRoot } from '../../deployment/service';
import { placePoolKey } from './pool-key';

export interface StartSettings {
  LOCAL_DIR: string;
  API_PORT: string;
  COGNITO_PORT: string;
  DYNAMODB_PORT: string;
  IDENTITY_PORT: string;
  S3_PORT: string;
}

const portsOfStack = 5;

/** For each of so many stacks the ports that it listens at. */
export async function portsForStacks(count: number): Promise<number[][]> {
  const ports = await freePorts(count * portsOfStack);
  return Array.from({ length: count }, (_, index) => ports.slice(index * portsOfStack, (index + 1) * portsOfStack));
}

export const freePortVariables = async () => portVariables(await freePorts(portsOfStack));

/** Variables that name the ports of a stack, at the front of the list. */
export function portVariables(ports: number[]) {
  const [API_PORT = '', COGNITO_PORT = '', DYNAMODB_PORT = '', IDENTITY_PORT = '', S3_PORT = ''] = ports.map(String);
  return { API_PORT, COGNITO_PORT, DYNAMODB_PORT, IDENTITY_PORT, S3_PORT };
}

export async function newSettings(): Promise<StartSettings> {
  const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-start-'));
  placePoolKey(LOCAL_DIR);
  return {
    LOCAL_DIR,
    ...(await freePortVariables()),
  };
}

export interface NpmStart {
  child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Settles when the stack says it is ready; fails when it ends before. */
  ready: Promise<void>;
  /** The exit code. */
  exit: Promise<number | null>;
}

// A test names its own database, or lets the stack start one.
const inherited = { ...process.env };
delete inherited['DYNAMODB_ENDPOINT'];

/** Of this project, unless the folder of a copy is given. */
export function npmStart(
  settings: StartSettings,
  args: string[] = [],
  env: Record<string, string> = {},
  cwd = projectRoot,
): NpmStart {
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd,
    env: { ...inherited, ...settings, ...env },
    // A group of its own, so that a test can press Ctrl-C in it.
    detached: true,
  });
  let output = '';
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('Ready.')) resolve();
      });
    }
    void exit.then(() => {
      reject(new Error(`npm start ended:\n${output}`));
    });
  });
  // Whoever expects a failing start awaits `exit` alone.
  ready.catch(() => undefined);
  return { child, output: () => output, ready, exit };
}

/** What a terminal does on Ctrl-C: SIGINT to every process of the group in the foreground. */
export function pressCtrlC({ child }: NpmStart): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
}

/** The ports of the stack that something listens on. */
export async function openPorts({
  API_PORT,
  COGNITO_PORT,
  DYNAMODB_PORT,
  IDENTITY_PORT,
  S3_PORT,
}: StartSettings): Promise<string[]> {
  const ports = [API_PORT, COGNITO_PORT, DYNAMODB_PORT, IDENTITY_PORT, S3_PORT];
  const open = await Promise.all(ports.map((port) => isOpen(Number(port))));
  return ports.filter((_, index) => open[index]);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
