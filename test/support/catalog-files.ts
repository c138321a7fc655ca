/** Exports and imports as `npm run catalog` does them, without its process: to be done often, and with every authorizer. */
import { connectToApi } from '../../deployment/api';
import { reasonOf, type Send } from '../../cli/catalog/api/answer';
import { newClient } from '../../cli/catalog/api/client';
import { exportCatalog } from '../../cli/catalog/export';
import { catalogFile } from '../../cli/catalog/files/file-name';
import { importRows, type Result } from '../../cli/catalog/import';
import { categoryImporter, productImporter } from '../../cli/catalog/importers';
import { startProgress } from '../../cli/catalog/progress';
import { readRows } from '../../cli/catalog/files/rows';
import { newSession } from '../../cli/catalog/api/session';
import type { Tokens } from '../../deployment/sign-in';
import type { StackInfo } from '../../deployment/stack-info';
import type { Answer } from './events';

const never = new AbortController().signal;

export const clientFor = (stack: StackInfo, email: string, tokens: Tokens): Send =>
  newClient(newSession(email, () => connectToApi({ ...stack, identityEndpoint: stack.identityUrl }, tokens)));

export async function exportTo(path: string, client: Send): Promise<string> {
  const progress = startProgress();
  await exportCatalog(catalogFile(path), client, progress, never);
  progress.end();
  return path;
}

/** What became of the rows. */
export async function importFrom(path: string, client: Send): Promise<Result[]> {
  const file = catalogFile(path);
  const importer = file.kind === 'products' ? productImporter(client, false) : categoryImporter(client, false);
  const results: Result[] = [];
  for await (const result of importRows(readRows(file), await importer, { concurrency: 4, signal: never })) {
    results.push(result);
  }
  return results;
}

/** Sends one request that must succeed, and returns the body of the answer. */
export async function must(client: Send, method: string, path: string, fields?: object): Promise<Answer['body']> {
  const body = fields && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  const answer = await client({ method, path, ...body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${reasonOf(answer)}`);
  return answer.body;
}
