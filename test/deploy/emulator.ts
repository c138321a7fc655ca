/** The emulator of AWS: ministack, a Python program. */
import path from 'node:path';
import { startService, waitUntilReady, type Service } from '../../local/processes/processes';
import { installPythonProgram } from '../support/python-environment';
import { region } from './account';

/** Installs the emulator, unless that has been done, and answers the folder of its commands. */
export const installEmulator = (logs: string): Promise<string> =>
  installPythonProgram({ name: 'ministack', requirements: path.join(__dirname, 'requirements.txt'), logs });

/** Starts the emulator, whose files all go to `directory`. It listens on the one port alone. */
export async function startEmulator(commands: string, port: number, directory: string, logs: string): Promise<Service> {
  const logFile = path.join(logs, 'emulator.log');
  const service = startService({
    command: path.join(commands, 'python'),
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
