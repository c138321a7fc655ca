/** An import holds no more in memory for a longer file: here, less than the file is long. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundle } from '../../../../command/bundle';
import { projectRoot } from '../../../../deployment/service';
import { rounds } from '../../../support/depth';

const rows = rounds(27_000);

/** Imports rows that are made up one by one, to an API that says at once that each is new. */
const script = `
  const [imports, importers] = process.argv.slice(1).map(require);
  const rowsOf = async function* () {
    for (let number = 0; number < ${rows}; number += 1) {
      const record = {
        sku: 'SHOE-' + number, name: 'Shoe', description: String(number).padStart(10, '0').repeat(100),
        price: { amount: number, currency: 'EUR' }, category: 'shoes',
      };
      yield { line: number + 2, original: record, record };
    }
  };
  const answer = (data) => ({ response: { status: 200 }, data });
  const catalogue = {
    GET: async () => answer({ items: [] }),
    wasSentBefore: () => false,
    POST: async (path, { body }) =>
      answer({ results: body.rows.map(() => ({ action: 'created', version: 1, changes: [] })) }),
  };
  const run = async () => {
    const importer = await importers.productImporter(catalogue, { dryRun: false });
    let created = 0;
    const options = { concurrency: 4, signal: new AbortController().signal };
    for await (const { action } of imports.importRows(rowsOf, importer, options)) if (action === 'created') created += 1;
    console.log(created);
  };
  void run();
`;

it(`importRows imports ${rows} rows of 1 kB with a heap of 14 MB, which could not hold them`, async () => {
  const flags = ['--max-old-space-size=14', '--eval', script];
  const modules = await bundle(['cli/catalog/import.ts', 'cli/catalog/product-importer.ts']);
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...modules], { cwd: projectRoot });
  expect(stdout.trim()).toBe(String(rows));
});
