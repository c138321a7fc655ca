/** Exports where indexes lag: what is there throughout is in the file once, and everything is once the lag is over. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exportCatalog } from '../../cli/catalog/export';
import { catalogFile } from '../../cli/catalog/files/file-name';
import { startProgress } from '../../cli/catalog/progress';
import { call } from '../support/events';
import { inFlight } from '../support/in-flight';
import { readDuring, startLateCatalogue, type LateCatalogue } from '../support/late-catalogue';
import { handlersAsRoutes } from '../support/handlers-as-routes';
import { newFolder } from '../support/temporary-file';

let late: LateCatalogue;

beforeAll(async () => {
  late = await startLateCatalogue();
});
afterAll(() => late.limits.stop());

describe('an export', () => {
  /** As the command line does, but from the handlers themselves. */
  async function exportTo(name: string): Promise<string[]> {
    const routes = handlersAsRoutes((request) => call(late.handlerOf(request.routeKey), request));
    const file = path.join(newFolder(), name);
    const progress = startProgress();
    try {
      await exportCatalog(catalogFile(file), routes, progress, new AbortController().signal);
    } finally {
      progress.end();
    }
    return readFileSync(file, 'utf8').trim().split('\n').slice(1);
  }
  const skusIn = (lines: string[]) => lines.map((line) => line.split(',')[0]);

  it('has what is there throughout, once, while others come and go, in categories of their own', async () => {
    const throughout = await late.createProducts((await late.createCategory()).id, 20);
    await late.limits.settled();
    const change = () =>
      inFlight([...Array(12).keys()], 2, async () => {
        const { id } = await late.createCategory();
        const [product] = await late.createProducts(id, 1);
        await late.remove(String(product?.id));
        await late.createProducts(id, 2);
      });
    const exports = await readDuring(change, () => exportTo('products.csv'));
    for (const lines of exports) {
      const skus = skusIn(lines);
      expect(new Set(skus).size).toBe(skus.length);
      expect(skus).toEqual(expect.arrayContaining(throughout.map(({ sku }) => sku)));
    }
  });

  it('has the whole catalogue once the lag is over', async () => {
    await late.limits.settled();
    const { products, categories } = await late.expectSoundTable();
    expect(skusIn(await exportTo('products.csv')).sort()).toEqual(products.map(({ sku }) => sku).sort());
    expect(skusIn(await exportTo('categories.csv')).sort()).toEqual(categories.map(({ slug }) => slug).sort());
  });
});
