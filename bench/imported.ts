/** An embedded engine that begins with items of our choice: it imports them as from an export of DynamoDB, by the million if need be. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { dynamodbEngine } from '../local/database/engine';
import { freePort } from '../local/processes/ports';
import { startService, waitUntilReady } from '../local/processes/processes';
import type { Models } from './models';

export interface Imported {
  endpoint: string;
  /** The processor time that the engine has taken so far, in milliseconds. */
  engineCpu: () => number;
  stop(): Promise<void>;
}

/** Writes a file of an export: items, each one line. */
export type WriteItems = (name: string, items: string[]) => void;

/** Starts an engine with all that `fill` writes. Throws without the embedded engine. */
export async function startImported(models: Models, fill: (write: WriteItems) => void): Promise<Imported> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-stock-'));
  const port = await freePort();
  const engine = dynamodbEngine(port, directory);
  await importItems(models, fill, engine.command, directory);

  let pid = 0;
  // The shell tells its process id and becomes the engine.
  const service = startService({
    command: 'sh',
    args: ['-c', 'echo $$; exec "$0" "$@"', engine.command, ...engine.args],
    ...{ cwd: directory, env: {}, logFile: path.join(directory, 'database.log') },
    onLine: (line) => (pid ||= Number(line)),
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(service, endpoint, 'The database of imported items did not start.');
  return {
    ...{ endpoint, engineCpu: () => cpuOf(pid) },
    async stop() {
      await service.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

/** As Linux counts it for each thread, in nanoseconds; `ps` has hundredths of a second. */
function cpuOf(pid: number): number {
  const threads = `/proc/${pid}/task`;
  const times = readdirSync(threads).map((thread) => readFileSync(path.join(threads, thread, 'schedstat'), 'utf8'));
  return times.reduce((sum, time) => sum + Number(time.split(' ')[0]), 0) / 1e6;
}

/** Has the engine import an export, as `ExportTableToPointInTime` would write it, into the file that it then serves. */
async function importItems(models: Models, fill: (write: WriteItems) => void, engine: string, directory: string) {
  const [source, schema] = [path.join(directory, 'export'), path.join(directory, 'table.json')];
  const folder = path.join(source, String(models.environment['TABLE_NAME']), 'data');
  mkdirSync(folder, { recursive: true });
  fill((name, items) => {
    writeFileSync(path.join(folder, `${name}.json.gz`), gzipSync(items.join('\n'), { level: 1 }));
  });
  writeFileSync(schema, JSON.stringify({ Table: models.table }));
  const output = path.join(directory, 'catalog.sqlite');
  await promisify(execFile)(engine, ['import', '--source', source, '--schema', schema, '--output', output]);
}
