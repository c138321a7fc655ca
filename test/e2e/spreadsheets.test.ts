/** The page on spreadsheets, word for word: its commands run, and its small file comes to what it says. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../../cli/catalog';
import { projectRoot } from '../../deployment/service';
import { clientFor, must } from '../support/catalog-files';
import { newMember } from '../support/members';
import { runHere } from '../support/run-here';
import { folderOf, password, runningStack } from '../support/stack';
import { newFolder } from '../support/temporary-file';

const stack = runningStack();
const admin = 'spreadsheets@example.com';
const file = path.join(newFolder(), 'products.csv');

const page = readFileSync(path.join(projectRoot, 'docs', 'spreadsheets.md'), 'utf8');
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
const [exporting = '', dryRun = '', importing = ''] = blockOf('bash').trimEnd().split('\n');

function run(command: string) {
  expect(command).toMatch(/^npm run catalog -- .*products\.csv.* --as admin@example\.com$/);
  const args = command.replace('npm run catalog -- ', '').replace('admin@example.com', admin).split(' ');
  const environment = { CATALOG_PASSWORD: password, LOCAL_DIR: folderOf('jwt') };
  return runHere(
    program,
    args.map((arg) => (arg === 'products.csv' ? file : arg)),
    environment,
  );
}

/** Without what another run takes. */
const untimed = (text: string) =>
  text
    .replaceAll(/\d+\.\d s \([^)]*\)/g, '')
    .trimEnd()
    .split('\n');

it('imports the small file as the page says, keeps the rejected row, and exports what can be imported', async () => {
  const client = clientFor(stack, admin, await newMember(stack, admin, ['admin']));
  const category = await must(client.POST('/categories', { body: { name: 'Winter shoes' } }));
  const price = { amount: 4990, currency: 'EUR' } as const;
  const product = { sku: 'DOC-1', name: 'Shoe', price, categoryId: category.id };
  await must(client.POST('/products', { body: product }));
  writeFileSync(file, blockOf('csv'));

  const planned = await run(dryRun);
  expect({ ...planned, stdout: untimed(planned.stdout) }).toEqual({
    ...{ exitCode: 1, stderr: '' },
    stdout: untimed(blockOf('text')),
  });
  const imported = await run(importing);
  expect(untimed(imported.stdout)[0]).toBe(untimed(blockOf('text'))[3]?.replace('Would be', 'Imported'));
  expect(readFileSync(file.replace('.csv', '.rejected.csv'), 'utf8')).toMatch(
    /\n4;"price: must be [^"]*";DOC-3;Lace;4\.90 €;EUR;/,
  );

  expect(await run(exporting)).toMatchObject({ exitCode: 0 });
  const exported = readFileSync(file, 'utf8').split('\n');
  expect(exported).toContainEqual(
    expect.stringMatching(/^DOC-1,2,Shoe,shoe[^,]*,,,,,winter-shoes,active,0,59\.90,EUR$/),
  );
  expect(exported).toContainEqual(
    expect.stringMatching(/^DOC-2,1,Boot,boot[^,]*,,,,,winter-shoes,active,0,1099\.00,EUR$/),
  );
});
