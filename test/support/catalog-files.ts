/** Exports and imports as `npm run catalog` does them, without its process: to be done often, and with every authorizer. */
import { connectToApi } from '../../deployment/api';
import { reasonOf } from '../../cli/catalog/api/answer';
import { newCatalogue, type Catalogue } from '../../cli/catalog/api/catalogue';
import { categoryImporter } from '../../cli/catalog/category-importer';
import { collect } from '../../cli/catalog/collect';
import { exportCatalog } from '../../cli/catalog/export';
import { catalogFile } from '../../cli/catalog/files/file-name';
import { inFileOrder } from '../../cli/catalog/file-order';
import { importRows, type Result } from '../../cli/catalog/import';
import type { Importer } from '../../cli/catalog/importer';
import { productImporter } from '../../cli/catalog/product-importer';
import { startProgress } from '../../cli/catalog/progress';
import { readRows, surveyRows } from '../../cli/catalog/files/rows';
import { newSession } from '../../cli/catalog/api/session';
import type { Tokens } from '../../deployment/sign-in';
import type { StackInfo } from '../../deployment/stack-info';

const never = new AbortController().signal;

export const clientFor = (stack: StackInfo, email: string, tokens: Tokens): Catalogue =>
  newCatalogue(
    stack.apiUrl,
    newSession(email, () => connectToApi({ ...stack, identityEndpoint: stack.identityUrl }, tokens)),
  );

export async function exportTo(path: string, client: Catalogue): Promise<string> {
  const progress = startProgress();
  await exportCatalog(catalogFile(path), client, progress, never);
  progress.end();
  return path;
}

/** What became of the rows. */
export async function importFrom(
  path: string,
  client: Catalogue,
  { dryRun = false, ignoreVersion = false } = {},
): Promise<Result[]> {
  const file = catalogFile(path);
  const newImporter = file.kind === 'products' ? productImporter : categoryImporter;
  const importer: Promise<Importer> = newImporter(client, { dryRun, ignoreVersion });
  const results = importRows(() => readRows(file), await importer, { concurrency: 4, signal: never });
  return collect(inFileOrder(results, (await surveyRows(file)).rows));
}

interface Asked<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of an answer that must be a success. */
export async function must<Data>(asked: Promise<Asked<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await asked;
  if (data === undefined || data === null) throw new Error(`${response.url}: ${reasonOf(response.status, error)}`);
  return data;
}
