/** How long the command line takes to export all products of a catalogue, from the deployed functions without HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportCatalog } from '../cli/catalog/export';
import { catalogFile } from '../cli/catalog/files/file-name';
import { startProgress } from '../cli/catalog/progress';
import { call } from '../test/support/events';
import { handlersAsRoutes } from '../test/support/handlers-as-routes';
import type { Store } from './stores';

/** The functions that an export calls, by their routes. */
const functions: Readonly<Record<string, string>> = {
  'GET /categories': 'list-categories',
  'GET /categories/{categoryId}': 'get-category',
  'GET /admin/products': 'list-all-products',
  'GET /admin/products/{productId}': 'get-any-product',
};
export const exporters = Object.values(functions);

/** In seconds. */
export async function timeExport({ handlers }: Store): Promise<number> {
  const routes = handlersAsRoutes((request) => {
    const handler = handlers.get(functions[request.routeKey] ?? '');
    if (!handler) throw new Error(`An export does not call ${request.routeKey}`);
    return call(handler, request);
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'catalog-export-'));
  const progress = startProgress();
  const started = performance.now();
  try {
    const file = catalogFile(path.join(folder, 'products.csv'));
    await exportCatalog(file, routes, progress, new AbortController().signal);
    return (performance.now() - started) / 1000;
  } finally {
    progress.end();
    rmSync(folder, { recursive: true });
  }
}
