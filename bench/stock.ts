/** Catalogues of any size, each in an engine of its own and filled by the engine's import of DynamoDB exports. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ulid } from 'ulid';
import { dynamodbEngine } from '../local/database/engine';
import { freePort } from '../local/processes/ports';
import { startService, waitUntilReady } from '../local/processes/processes';
import type { Models } from './models';

export interface Stock {
  endpoint: string;
  /** The processor time that the engine has taken so far, in milliseconds. */
  engineCpu: () => number;
  /** Ids of the products, oldest first. */
  all: string[];
  active: string[];
  archived: string[];
  stop(): Promise<void>;
}

/** Starts an engine that has so many products, one status after the other in turn. Throws without the embedded engine. */
export async function startStock(models: Models, size: number): Promise<Stock> {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-stock-'));
  const port = await freePort();
  const engine = dynamodbEngine(port, directory);
  const ids = await importCopies(models, size, engine.command, directory);

  let pid = 0;
  // The shell tells its process id and becomes the engine.
  const service = startService({
    command: 'sh',
    args: ['-c', 'echo $$; exec "$0" "$@"', engine.command, ...engine.args],
    ...{ cwd: directory, env: {}, logFile: path.join(directory, 'database.log') },
    onLine: (line) => (pid ||= Number(line)),
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(service, endpoint, `The database of ${size} products did not start.`);
  return {
    ...{ ...ids, endpoint, engineCpu: () => cpuOf(pid) },
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

const perFile = 10_000;

/** Has the engine import an export of DynamoDB with the items of so many products, into the file that it then serves. */
async function importCopies(models: Models, size: number, engine: string, directory: string) {
  const [source, schema] = [path.join(directory, 'export'), path.join(directory, 'table.json')];
  writeFileSync(schema, JSON.stringify({ Table: models.table }));
  const ids = writeExport(models, size, path.join(source, String(models.environment['TABLE_NAME']), 'data'));
  const output = path.join(directory, 'catalog.sqlite');
  await promisify(execFile)(engine, ['import', '--source', source, '--schema', schema, '--output', output]);
  return ids;
}

/** Writes the items of so many products as `ExportTableToPointInTime` would. */
function writeExport(
  { category, products }: Models,
  size: number,
  folder: string,
): Pick<Stock, 'all' | 'active' | 'archived'> {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, items: string[]) =>
    writeFileSync(path.join(folder, `${name}.json.gz`), gzipSync(items.join('\n'), { level: 1 }));

  const ids = { all: new Array<string>(), active: new Array<string>(), archived: new Array<string>() };
  const oldest = Date.now() - size;
  for (let start = 0; start < size; start += perFile) {
    const items: string[] = [];
    for (let number = start; number < Math.min(start + perFile, size); number += 1) {
      const model = products[number % products.length];
      if (!model) throw new Error('There are no models');
      const id = ulid(oldest + number);
      const sku = `SKU-${String(number).padStart(8, '0')}`;
      ids.all.push(id);
      if (model.status !== 'draft') ids[model.status].push(id);
      // The slug has the SKU in lower case.
      const copy = model.items.replaceAll(model.id, id).replaceAll(model.sku, sku);
      items.push(copy.replaceAll(model.sku.toLowerCase(), sku.toLowerCase()));
    }
    write(String(start), items);
  }
  write('category', countAll(category, ids));
  return ids;
}

/** The items of the category, with all products in the first of its counts. */
function countAll(category: string[], { all, active }: Pick<Stock, 'all' | 'active'>): string[] {
  const count = (item: string, name: string, value: number) =>
    item.replace(new RegExp(`"${name}":\\{"N":"-?\\d+"\\}`), `"${name}":{"N":"${value}"}`);
  return category.map((item) => {
    const isFirst = item.includes('"COUNT#00"');
    return count(count(item, 'products', isFirst ? all.length : 0), 'active', isFirst ? active.length : 0);
  });
}
