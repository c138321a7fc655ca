/** Runs a script of the project as a process, as its npm script does but for npm: test/e2e/npm-scripts.test.ts has that. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../deployment/service';

export interface ScriptResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What makes Node read TypeScript; `--import tsx` also starts a thread for ES modules, which no script here needs. */
export const typescript = ['--require', 'tsx/cjs'];

/** Variables that are undefined in `env` are taken away. */
export function runScript(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
  return run([...typescript, file, ...args], env);
}

/** As `runScript`, for commands that a test runs time and again: from one file, which starts in a third of the time. */
export async function runCommandOften(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<ScriptResult> {
  const bundle = bundles.get(file) ?? bundleCommand(file);
  bundles.set(file, bundle);
  return run([await bundle, ...args], env);
}

const bundles = new Map<string, Promise<string>>();

async function bundleCommand(file: string): Promise<string> {
  const outfile = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-command-')), 'command.js');
  // Every file is one folder below the project's, and looks from there for what it reads.
  const define = { __dirname: JSON.stringify(path.join(projectRoot, path.dirname(file))) };
  await build({ absWorkingDir: projectRoot, entryPoints: [file], outfile, bundle: true, platform: 'node', define });
  return outfile;
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<ScriptResult> {
  return new Promise((resolve) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
