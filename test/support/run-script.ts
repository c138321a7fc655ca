/** Runs a script of the project as a process, as its npm script does but for npm: test/e2e/npm-scripts.test.ts has that. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

export interface ScriptResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What every npm script of a TypeScript file begins with, after `node`. */
export const launcher = path.join(projectRoot, 'command', 'run.js');

/** Variables that are undefined in `env` are taken away. */
export function runScript(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  return new Promise((resolve) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...env }, timeout: 120_000 };
    const child = execFile(process.execPath, [launcher, file, ...args], options, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
