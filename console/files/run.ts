/** Imports the rows of a file, or says what that would do, by the rules of the command line: loaded when somebody imports. */
import { newCatalogue } from '../../cli/catalog/api/catalogue';
import { NoAnswer, readToEnd } from '../../cli/catalog/api/answer';
import { categoryImporter } from '../../cli/catalog/category-importer';
import type { Row } from '../../cli/catalog/files/row';
import { importRows, type Result } from '../../cli/catalog/import';
import { productImporter } from '../../cli/catalog/product-importer';
import { ask } from '../api/client';
import { ownHeader } from '../api/early';
import { problemOf, unreachable } from '../api/problem';
import type { Kind } from './read';

/** How many requests are under way at once. */
const concurrency = 4;

interface Options {
  /** Nothing is written. */
  dryRun: boolean;
  /** Once aborted, no further request is sent. */
  signal: AbortSignal;
}

/** A result for each row, in any order. Throws `Problem`, or `Failure` where the API serves no request: what has come before is done. */
export async function* runImport(
  kind: Kind,
  rows: readonly Row[],
  { dryRun, signal }: Options,
): AsyncGenerator<Result> {
  const catalogue = newCatalogue(`${window.location.origin}/console-api`, send);
  const importer = await (kind === 'products' ? productImporter : categoryImporter)(catalogue, { dryRun });
  yield* importRows(() => rows, importer, { concurrency, signal });
}

const answered = readToEnd(ask);

/** An answer, whatever it says of the request. Throws `Problem` for what would befall every other request too. */
async function send(request: Request): Promise<Response> {
  const own = new Request(request, { headers: { ...Object.fromEntries(request.headers), ...ownHeader } });
  let response: Response;
  try {
    response = await answered(own);
  } catch (error) {
    if (error instanceof NoAnswer) throw unreachable();
    throw error;
  }
  if (response.status === 401 || response.status === 403) throw await problemOf(response);
  return response;
}
