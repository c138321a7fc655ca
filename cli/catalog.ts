/** `npm run catalog -- export|import|search`: products and categories to and from CSV and JSON files, and by words, as a signed-in user. */
import { InvalidArgumentError, Option } from 'commander';
import { connectToApi } from '../deployment/api';
import { newCatalogue, type Catalogue } from './catalog/api/catalogue';
import { exportCatalog, foldersOfOthers } from './catalog/export';
import { delimiters, type Delimiter } from './catalog/files/cells';
import { catalogFile, formats, kinds, type FileOptions } from './catalog/files/file-name';
import { importFile } from './catalog/import-file';
import { mayOverwrite } from './catalog/overwrite';
import { startProgress } from './catalog/progress';
import { addSearch } from './catalog/search';
import { newSession } from './catalog/api/session';
import { findCaller, withCallerOptions, type CallerOptions } from './caller';
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Target } from '../deployment/deployment';
import { Failure, runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print, printError } from '../deployment/terminal';

interface Options extends Target, CallerOptions, Pick<FileOptions, 'kind' | 'format' | 'delimiter'> {}

interface ImportOptions extends Pick<FileOptions, 'ignoreUnknown'> {
  dryRun?: boolean;
  ignoreVersion?: boolean;
  concurrency: number;
}

interface ExportOptions {
  bom: boolean;
}

const interrupted = 130;

const manual = {
  examples: [
    'export products.csv --as admin@example.com',
    'import products.csv --dry-run --as admin@example.com',
    'search red mug --sort price --as admin@example.com',
    'import categories.json --stage dev --login',
  ],
  exitCodes: {
    1: 'It is not, and the last line says why; or an import has rejected rows.',
    [interrupted]: 'It was interrupted by Ctrl-C.',
  },
};

export const program = withCallerOptions(newStageCommand('catalog', manual))
  .description('Exports products or categories to a .csv or .json file, imports them from one, or searches products.')
  .addOption(new Option('--kind <kind>', 'what the file holds, where its name does not begin with it').choices(kinds))
  .addOption(new Option('--format <format>', 'what the file is, where its name does not end with it').choices(formats))
  .option(
    '--delimiter <name>',
    'between the cells of CSV: comma, semicolon or tab (default: as the header row has it)',
    toDelimiter,
  );

program
  .command('export <file>')
  .description('writes all of them: products by SKU, categories by slug')
  .option('--no-bom', 'leaves out the byte order mark, by which spreadsheets know UTF-8')
  .action((path: string, options: ExportOptions) => runCommand(() => exportFile(path, options)));

program
  .command('import <file>')
  .description('creates and changes what the file says: products are found by SKU, categories by slug')
  .option('--dry-run', 'says for each row what would be done, and does nothing')
  .option('--ignore-version', 'also changes what somebody else has changed since the export')
  .option('--ignore-unknown', 'passes over columns that nobody knows')
  .option('--concurrency <requests>', 'how many requests are under way at once, 1 to 32', toConcurrency, 4)
  .action((path: string, options: ImportOptions) => runCommand(() => importInto(path, options)));

const delimiterOf: Readonly<Record<string, Delimiter>> = { comma: ',', semicolon: ';', tab: '\t' };

function toDelimiter(text: string): Delimiter {
  const found = delimiterOf[text] ?? delimiters.find((delimiter) => delimiter === text);
  if (found === undefined) throw new InvalidArgumentError('It is comma, semicolon or tab.');
  return found;
}

addSearch(program, () => signedIn(program.opts<Options>()));

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

/** Aborted by the first Ctrl-C, or whoever else asks the process to end; a second one ends it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

async function exportFile(path: string, { bom }: ExportOptions): Promise<void> {
  const options = program.opts<Options>();
  const file = { ...catalogFile(path, options), bom };
  if (file.delimiter === '\t') {
    throw new Failure(
      'An export has commas or semicolons: beside tabs, a price such as 1.234 can be read in two ways.',
    );
  }
  if (!(await mayOverwrite(path))) {
    print(`${path} is as it was.`);
    return;
  }
  const signal = interruption();
  const progress = startProgress(process.stderr);
  try {
    await exportCatalog(file, await signedIn(options), progress, signal);
    print(`Exported ${file.kind} to ${path}: ${progress.end()}.`);
    for (const folder of await foldersOfOthers(path)) {
      print(`${folder} belongs to another export: delete it if that was killed.`);
    }
  } catch (error) {
    progress.end();
    if (!signal.aborted) throw error;
    print(`Interrupted: ${path} is as it was.`);
    process.exitCode = interrupted;
  }
}

async function importInto(path: string, { ignoreUnknown, ...how }: ImportOptions): Promise<void> {
  const options = program.opts<Options>();
  const signal = interruption();
  signal.addEventListener('abort', () =>
    printError('', 'Waiting for the requests under way. Ctrl-C again waits for nothing.'),
  );
  const isWhole = await importFile(catalogFile(path, { ...options, ignoreUnknown }), () => signedIn(options), {
    ...how,
    signal,
  });
  if (!isWhole) process.exitCode = 1;
  if (!signal.aborted) return;
  print('Interrupted: run the same again for the rest.');
  process.exitCode = interrupted;
}

export const main = (): Promise<void> => runProgram(program);
