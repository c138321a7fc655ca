/** Import: how long `npm run catalog -- import` takes on the local stack, what memory it has, and what comes of it within the limits of AWS. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { StackInfo } from '../deployment/stack-info';
import { projectRoot } from '../deployment/service';
import { newMember } from '../test/support/members';
import { newSettings, npmStart, pressCtrlC, type StartSettings } from '../test/support/npm-start';
import { launcher } from '../test/support/run-script';
import { password, send } from '../test/support/stack';
import { limitedImports } from './limited-imports';
import { writeProductFile } from './product-file';
import { isTrial, type Part } from './section';

const email = 'bench@example.com';
const counts = isTrial ? [100, 400] : [10_000, 100_000];

export const imports = async (): Promise<Part[]> => [await onLocalStack(), await limitedImports()];

/** A run of the command. */
interface Run {
  count: number;
  /** What becomes of every row. */
  action: 'created' | 'unchanged';
  seconds: number;
  megabytes: number;
}

async function onLocalStack(): Promise<Part> {
  const settings = await newSettings();
  const running = npmStart(settings);
  await running.ready;
  try {
    const stack = JSON.parse(readFileSync(path.join(settings.LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;
    const { accessToken: token } = await newMember(stack, email, ['admin']);
    await send(stack.apiUrl, 'POST', '/categories', { token, body: { name: 'Shoes' } });
    const runs: Run[] = [];
    for (const count of counts) {
      const file = path.join(settings.LOCAL_DIR, `products-${count}.csv`);
      writeProductFile(file, { count, prefix: `IMPORT-${count}`, categories: ['shoes'] });
      for (const action of ['created', 'unchanged'] as const)
        runs.push(await importFile(settings, file, count, action));
    }
    return { text, rows: [header, ...runs.map(row)], bars: runs.flatMap(barsOf) };
  } finally {
    pressCtrlC(running);
    await running.exit;
  }
}

/** From the start of the command to its end. Throws where it does anything else with a row. */
async function importFile(
  { LOCAL_DIR }: StartSettings,
  file: string,
  count: number,
  action: Run['action'],
): Promise<Run> {
  const peak = path.join(LOCAL_DIR, 'peak-memory');
  const watch = path.join(__dirname, 'process', 'peak-memory.js');
  const env = {
    ...process.env,
    ...{ LOCAL_DIR, CATALOG_PASSWORD: password, PEAK_MEMORY: peak, NODE_OPTIONS: `--require ${JSON.stringify(watch)}` },
  };
  const args = [launcher, 'cli/catalog.ts', 'import', file, '--as', email];
  const started = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot, env, timeout: 600_000 });
  const seconds = (performance.now() - started) / 1000;
  if (!stdout.includes(` ${count} ${action}`)) throw new Error(`Not all rows were ${action}: ${stdout}`);
  return { count, action, seconds, megabytes: Number(readFileSync(peak, 'utf8')) };
}

const text = `\`npm run catalog -- import\` on the local stack, from the start of the command to its end: a file of six columns, all of one category,
with four requests of a hundred rows under way. **Memory** is the most that the command's process had; that it does not grow with the
file is held by \`test/unit/cli/catalog/import-memory.test.ts\`. One by one, 10,000 new ones took 38.5 s, and unchanged ones 18.8 s.`;

const header = ['rows', 'that are', 'took', 'rows a second', 'memory'];

const row = ({ count, action, seconds, megabytes }: Run): string[] => [
  ...[count.toLocaleString('en'), action === 'created' ? 'new' : action, `${seconds.toFixed(1)} s`],
  ...[(count / seconds).toFixed(0), `${megabytes.toFixed(0)} MB`],
];

const what = { created: '10,000 new products', unchanged: 'the same again, all unchanged' };
const limits = { created: { bar: 16, stretch: 13 }, unchanged: { bar: 4, stretch: 2 } };

const barsOf = ({ count, action, seconds }: Run) =>
  count === counts[0]
    ? [{ what: `import on the local stack, ${what[action]}, in seconds`, ...limits[action], measured: seconds }]
    : [];
