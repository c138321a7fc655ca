/** Runs a script of the project as a process, as its npm script does but for npm: test/e2e/npm-scripts.test.ts has that. */
import { execFile } from 'node:child_process';
import { projectRoot } from '../../local/service';

export interface ScriptResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What makes Node read TypeScript; `--import tsx` also starts a thread for ES modules, which no script here needs. */
export const typescript = ['--require', 'tsx/cjs'];

/** Variables that are undefined in `env` are taken away. */
export function runScript(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  return new Promise((resolve) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, [...typescript, file, ...args], options, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
