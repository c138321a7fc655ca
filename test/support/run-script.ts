/** Runs a script of the project as a process, as its npm script does. */
import { execFile } from 'node:child_process';
import { projectRoot } from '../../local/service';

export interface ScriptResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Variables that are undefined in `env` are taken away. */
export function runScript(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  return new Promise((resolve) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, ['--import', 'tsx', file, ...args], options, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
