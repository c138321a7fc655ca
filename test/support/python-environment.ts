/** Programs in Python that tests use, in virtual environments that are made here. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { runCommand } from './run-command';

interface PythonProgram {
  /** Names its environment, under `.local`. */
  name: string;
  /** The file of pinned packages, those included that others need. */
  requirements: string;
  /** Where venv and pip leave their logs. */
  logs: string;
}

/** Installs the program unless that has been done, and answers the folder of its commands. Throws with what to do. */
export async function installPythonProgram({ name, requirements, logs }: PythonProgram): Promise<string> {
  const environment = path.join(projectRoot, '.local', name);
  const commands = path.join(environment, 'bin');
  const installed = path.join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return commands;

  requirePython();
  mkdirSync(logs, { recursive: true });
  rmSync(environment, { recursive: true, force: true });
  await failingWith('Python makes no virtual environment; on Debian and Ubuntu, install python3-venv', () =>
    runCommand({ command: 'python3', args: ['-m', 'venv', environment], ...inFolder(logs, `${name}-venv`) }),
  );
  const options = ['--no-deps', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  await failingWith(`${name} cannot be installed; it takes an index of Python packages, as set up for pip`, () =>
    runCommand({
      command: path.join(commands, 'python'),
      args: ['-m', 'pip', 'install', ...options, '-r', requirements],
      ...inFolder(logs, `${name}-pip`),
    }),
  );
  writeFileSync(installed, wanted);
  return commands;
}

function requirePython(): void {
  try {
    execFileSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], { stdio: 'ignore' });
  } catch {
    throw new Error('there is no Python 3.10 or newer: install one, as python3');
  }
}

async function failingWith(sentence: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`${sentence} (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
}

const inFolder = (logs: string, name: string) => ({ cwd: projectRoot, logFile: path.join(logs, `${name}.log`) });
