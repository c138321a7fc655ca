/** The emulator of AWS: ministack, a Python program, in a virtual environment that this makes itself. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startService, waitUntilReady, type Service } from '../../local/processes';
import { projectRoot } from '../../local/service';
import { region } from './account';
import { runCommand } from './run-command';

const requirements = path.join(__dirname, 'requirements.txt');
const environment = path.join(projectRoot, '.local', 'ministack');
const python = path.join(environment, 'bin', 'python');

/** Installs the emulator, unless that has been done. */
export async function installEmulator(logs: string): Promise<void> {
  const installed = path.join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(python) && existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;

  requirePython();
  rmSync(environment, { recursive: true, force: true });
  await failingWith('Python makes no virtual environment; on Debian and Ubuntu, install python3-venv', () =>
    runCommand({ command: 'python3', args: ['-m', 'venv', environment], ...inFolder(logs, 'venv') }),
  );
  const options = ['--no-deps', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  await failingWith('the emulator cannot be installed; it takes an index of Python packages, as set up for pip', () =>
    runCommand({
      command: python,
      args: ['-m', 'pip', 'install', ...options, '-r', requirements],
      ...inFolder(logs, 'pip'),
    }),
  );
  writeFileSync(installed, wanted);
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

/** Starts the emulator, whose files all go to `directory`. It listens on the one port alone. */
export async function startEmulator(port: number, directory: string, logs: string): Promise<Service> {
  const logFile = path.join(logs, 'emulator.log');
  const service = startService({
    command: python,
    args: ['-m', 'ministack'],
    cwd: directory,
    env: {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      // Signatures are verified, and every function may do what its own role allows.
      AUTH: 'true',
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      PERSIST_STATE: '0',
      STATE_DIR: path.join(directory, 'state'),
      S3_DATA_DIR: path.join(directory, 's3'),
      // Functions run on the Node that runs this.
      PATH: [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
    },
    logFile,
  });
  await waitUntilReady(
    service,
    `http://127.0.0.1:${port}/_ministack/health`,
    `it does not answer: ${logFile} says why`,
  );
  return service;
}
