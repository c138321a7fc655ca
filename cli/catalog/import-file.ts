/** Imports a file, shows how far it is, leaves the rejected rows in a file of their own, and sums up. */
import { print } from '../../deployment/terminal';
import type { Catalogue } from './api/catalogue';
import { nameOf, type Header } from './files/header';
import type { CatalogFile } from './files/file-name';
import { stateOf } from './files/file-state';
import { headerOf, readRows, surveyRows, type Survey } from './files/rows';
import { categoryImporter } from './category-importer';
import { inFileOrder } from './file-order';
import { importRows, type Result } from './import';
import { productImporter } from './product-importer';
import { startProgress, type Progress } from './progress';
import { newRejectedRows } from './rejected-rows';
import { describePlace } from './rejection';

interface Options {
  dryRun?: boolean;
  ignoreVersion?: boolean;
  concurrency: number;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

const importerOf = { products: productImporter, categories: categoryImporter };

/**
 * Whether no row was rejected. Throws `Failure` for a file that cannot be read, before anyone signs in, and for one that changes
 * while it is imported.
 */
export async function importFile(
  named: CatalogFile,
  signIn: () => Promise<Catalogue>,
  options: Options,
): Promise<boolean> {
  const { dryRun = false, ignoreVersion = false, ...how } = options;
  const file = { ...named, state: await stateOf(named.path) };
  const header = await headerOf(file);
  const survey = await surveyRows(file);
  const importer = await importerOf[file.kind](await signIn(), { dryRun, ignoreVersion });
  const rejected = dryRun ? undefined : newRejectedRows(file, header);
  const progress = startProgress(dryRun ? undefined : process.stderr);
  progress.expect(survey.rows);
  let unchecked = 0;
  const counts = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  try {
    const results = counted(
      importRows(() => readRows(file), importer, how),
      progress,
    );
    for await (const result of inFileOrder(results, survey.rows)) {
      counts[result.action] += 1;
      if (result.action === 'changed' && !result.isChecked) unchecked += 1;
      if (dryRun) print(describe(result));
      if (result.action === 'rejected') await rejected?.add(result);
    }
  } finally {
    const rows = progress.end();
    const sums = Object.entries(counts).map(([action, count]) => `${count} ${action}`);
    // Where the first request fails, its sentence says all.
    const began = survey.rows === 0 || Object.values(counts).some((count) => count > 0);
    let rejectedPath: string | undefined;
    try {
      // First: where nobody reads what is printed, the command ends there.
      rejectedPath = await rejected?.end();
    } finally {
      if (began) {
        print(
          `${dryRun ? 'Would be' : 'Imported'}: ${sums.join(', ')}. Rows: ${rows}.`,
          ...(header ? [describeHeader(header)] : []),
          ...describeChecks(survey, ignoreVersion, unchecked),
        );
      }
    }
    if (rejectedPath !== undefined) print(`The rejected rows are in ${rejectedPath}, with line and reason.`);
  }
  return counts.rejected === 0;
}

async function* counted(results: AsyncIterable<Result>, progress: Progress) {
  for await (const result of results) {
    progress.add();
    yield result;
  }
}

function describe(result: Result): string {
  const { key } = result;
  const where = `${describePlace(result)}:${key === undefined ? '' : ` ${key}`}`;
  if (result.action === 'rejected') return `${where} rejected: ${result.reason}`;
  return `${where} ${result.action}${result.fields.length > 0 ? ` (${result.fields.join(', ')})` : ''}`;
}

function describeHeader({ delimiter, names, columns }: Header): string {
  const read = columns.filter((column) => column !== undefined);
  const passed = names.filter((name, index) => columns[index] === undefined && name.trim() !== '');
  const unread = passed.length === 0 ? '' : ` Passed over: ${passed.join(', ')}.`;
  return `The file is separated by ${nameOf(delimiter)}, and has the columns ${read.join(', ')}.${unread}`;
}

/** Whether changes that somebody else has made since the export would have been noticed. */
function describeChecks({ rows, versions }: Survey, ignored: boolean, unchecked: number): string[] {
  if (rows > 0 && (ignored || versions === 0)) {
    return ['Nothing was checked for changes that somebody else has made meanwhile: an export has versions for that.'];
  }
  if (unchecked === 0) return [];
  return [
    `Changed without a check whether somebody else has done so meanwhile, as the rows name no version: ${unchecked}.`,
  ];
}
