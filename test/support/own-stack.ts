/** Stacks that an attack starts for itself, with their logs and answers where the search for secrets finds them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { StackInfo } from '../../deployment/stack-info';
import { eventually } from './eventually';
import { freePortVariables, npmStart, openPorts, pressCtrlC, type NpmStart, type StartSettings } from './npm-start';
import { placePoolKey } from './pool-key';
import { recordAnswers } from './recorder';
import { stopAll } from './services';

export interface OwnStack {
  settings: StartSettings;
  /** As in stack.json, with the recorder in front of the API. */
  info: StackInfo;
  /** What runs now. */
  running: NpmStart;
  /** Waits until all of what runs has ended, which was killed, and starts it again on the same files. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of a stack of this name. */
export function ownFolder(name: string): string {
  const stacks = process.env['STACKS_DIR'];
  if (!stacks) throw new Error('test/support/start-attacked-stacks.ts has not run');
  const folder = path.join(stacks, name);
  placePoolKey(folder);
  return folder;
}

/** Runs `npm start` with this environment, its files in the folder of this name, until `stop`. */
export async function startOwnStack(name: string, env: Record<string, string> = {}): Promise<OwnStack> {
  const settings = { LOCAL_DIR: ownFolder(name), ...(await freePortVariables()) };
  const running = npmStart(settings, [], env);
  await running.ready;
  const info = JSON.parse(readFileSync(path.join(settings.LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;
  const apiUrl = await recordAnswers(info.apiUrl, path.join(settings.LOCAL_DIR, 'answers'));
  const own: OwnStack = {
    settings,
    info: { ...info, apiUrl },
    running,
    async startAgain() {
      await own.running.exit;
      await eventually('end of all it started', async () => (await openPorts(settings)).length === 0);
      own.running = npmStart(settings, [], env);
      await own.running.ready;
    },
    async stop() {
      // A test that failed may have left none.
      const { exitCode, signalCode } = own.running.child;
      if (exitCode === null && signalCode === null) pressCtrlC(own.running);
      await own.running.exit;
      await stopAll();
    },
  };
  return own;
}
