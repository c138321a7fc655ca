/** `npm run catalog -- export|import <file>`: products and categories to and from CSV and JSON files, as a signed-in user. */
import { InvalidArgumentError, Option } from 'commander';
import { connectToApi } from '../deployment/api';
import { newCatalogue, type Catalogue } from './catalog/api/catalogue';
import { exportCatalog } from './catalog/export';
import { catalogFile, kinds, type Kind } from './catalog/files/file-name';
import { importRows, type Result } from './catalog/import';
import { categoryImporter, productImporter } from './catalog/importers';
import { startProgress } from './catalog/progress';
import { newRejectedRows } from './catalog/rejected-rows';
import { countRows, readRows } from './catalog/files/rows';
import { newSession } from './catalog/api/session';
import { findCaller, withCallerOptions, type CallerOptions } from './caller';
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print, printError } from '../deployment/terminal';

interface Options extends Target, CallerOptions {
  kind?: Kind;
}

interface ImportOptions {
  dryRun?: boolean;
  concurrency: number;
}

const interrupted = 130;

const manual = {
  examples: [
    'export products.csv --as admin@example.com',
    'import products.csv --dry-run --as admin@example.com',
    'import categories.json --stage dev --login',
  ],
  exitCodes: {
    1: 'It is not, and the last line says why; or an import has rejected rows.',
    [interrupted]: 'It was interrupted by Ctrl-C.',
  },
};

export const program = withCallerOptions(newStageCommand('catalog', manual))
  .description('Exports products or categories to a .csv or .json file, or imports them from one.')
  .addOption(new Option('--kind <kind>', 'what the file holds, where its name does not begin with it').choices(kinds));

program
  .command('export <file>')
  .description('writes all of them: products by SKU, categories by slug')
  .action((path: string) => runCommand(() => exportFile(path)));

program
  .command('import <file>')
  .description('creates and changes what the file says: products are found by SKU, categories by slug')
  .option('--dry-run', 'says for each row what would be done, and does nothing')
  .option('--concurrency <requests>', 'how many requests are under way at once, 1 to 32', toConcurrency, 4)
  .action((path: string, options: ImportOptions) => runCommand(() => importFile(path, options)));

function toConcurrency(text: string): number {
  if (!/^(?:[1-9]|[12]\d|3[0-2])$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 32.');
  return Number(text);
}

/** The API for the user that the options name. */
async function signedIn(options: Options): Promise<Catalogue> {
  const deployment = await findDeployment(options);
  const { email, signIn } = await findCaller(options, deployment);
  return newCatalogue(
    deployment.apiUrl,
    newSession(email, async () => connectToApi(deployment, await signIn())),
  );
}

/** Aborted by the first Ctrl-C; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
}

async function exportFile(path: string): Promise<void> {
  const options = program.opts<Options>();
  const file = catalogFile(path, options.kind);
  const signal = interruption();
  const progress = startProgress(process.stderr);
  try {
    await exportCatalog(file, await signedIn(options), progress, signal);
    print(`Exported ${file.kind} to ${path}: ${progress.end()}.`);
  } catch (error) {
    progress.end();
    if (!signal.aborted) throw error;
    print(`Interrupted: ${path} is as it was.`);
    process.exitCode = interrupted;
  }
}

async function importFile(path: string, { dryRun = false, concurrency }: ImportOptions): Promise<void> {
  const options = program.opts<Options>();
  const file = catalogFile(path, options.kind);
  const total = await countRows(file);
  const importer = await importerOf[file.kind](await signedIn(options), dryRun);
  const rejected = dryRun ? undefined : await newRejectedRows(file);
  const signal = interruption();
  signal.addEventListener('abort', () =>
    printError('', 'Waiting for the requests under way. Ctrl-C again waits for nothing.'),
  );
  const progress = startProgress(dryRun ? undefined : process.stderr);
  progress.expect(total);
  const counts = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  try {
    for await (const result of importRows(readRows(file), importer, { concurrency, signal })) {
      progress.add();
      counts[result.action] += 1;
      if (dryRun) print(describe(result));
      if (result.action === 'rejected') await rejected?.add(result);
    }
  } finally {
    const rows = progress.end();
    const sums = Object.entries(counts).map(([action, count]) => `${count} ${action}`);
    // Where the first request fails, its sentence says all.
    const began = total === 0 || Object.values(counts).some((count) => count > 0);
    if (began) print(`${dryRun ? 'Would be' : 'Imported'}: ${sums.join(', ')}. Rows: ${rows}.`);
    const rejectedPath = await rejected?.end();
    if (rejectedPath !== undefined) print(`The rejected rows are in ${rejectedPath}, with line and reason.`);
  }
  if (counts.rejected > 0) process.exitCode = 1;
  if (!signal.aborted) return;
  print('Interrupted: run the same again for the rest.');
  process.exitCode = interrupted;
}

const importerOf = { products: productImporter, categories: categoryImporter };

function describe(result: Result): string {
  if (result.action === 'rejected') return `line ${result.line}: rejected: ${result.reason}`;
  const { line, key, action, fields } = result;
  return `line ${line}: ${key} ${action}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`;
}

export const main = (): Promise<void> => runProgram(program);
