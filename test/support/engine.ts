/** A database engine with its data on disk that a test may kill at any moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import path from 'node:path';
import { dynamodbEngine } from '../../local/database/engine';
import { waitUntilReady, type Service } from '../../local/processes/processes';

/** Starts an engine on what is in the folder; `stop` kills it by SIGKILL. */
export async function startEngine(port: number, directory: string): Promise<Service> {
  const { command, args } = dynamodbEngine(port, directory);
  const log = openSync(path.join(directory, 'engine.log'), 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then(() => {
    process.off('exit', kill);
  });
  const engine: Service = {
    ended,
    stop: () => {
      kill();
      return ended;
    },
  };
  await waitUntilReady(engine, `http://127.0.0.1:${port}`, `The engine in ${directory} did not start`);
  return engine;
}
