/** Files of categories against the real handlers: where each is in the tree comes out, goes in, and is as the dry run has said. */
import fc from 'fast-check';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newCatalogue } from '../../cli/catalog/api/catalogue';
import { catalogFile } from '../../cli/catalog/files/file-name';
import type { Result } from '../../cli/catalog/import';
import { importFile } from '../../cli/catalog/import-file';
import { projectRoot } from '../../deployment/service';
import { createCategory, handlerOf, send } from '../support/catalog';
import { exportTo, importFrom } from '../support/catalog-files';
import { rounds } from '../support/depth';
import { call } from '../support/events';
import { handlersAsFetch } from '../support/handlers-as-routes';
import { emptyTable } from '../support/test-table';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';
import { newFolder } from '../support/temporary-file';

const client = newCatalogue(
  'http://localhost',
  handlersAsFetch((request) => call(handlerOf(request.routeKey), request)),
);

const folder = newFolder();

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const csv = (...lines: string[]) => write('categories.csv', [...lines, ''].join('\n'));

/** What an import of the file has done, after a dry run that has said the same and done nothing. */
async function planAndImport(file: string, options = {}): Promise<string[]> {
  const planned = await leavingNoTrace(() => importFrom(file, client, { dryRun: true, ...options }));
  const done = await importFrom(file, client, options);
  expect(planned).toEqual(done);
  return words(done);
}

const words = (results: Result[]) =>
  results.map((result) =>
    result.action === 'rejected' ? result.reason : [result.action, ...result.fields].join(': '),
  );

interface Node {
  slug: string;
  children: Node[];
}

/** The tree in one line, such as `hats shoes(boots running(trail))`. */
async function tree(): Promise<string> {
  const { items } = (await send('GET /categories/tree')).body as { items: Node[] };
  const told = ({ slug, children }: Node): string =>
    children.length === 0 ? slug : `${slug}(${children.map(told).join(' ')})`;
  return items.map(told).join(' ');
}

beforeEach(emptyTable);

/** Clothing with shoes and hats, running shoes below shoes. */
async function someCategories(): Promise<void> {
  const clothing = await createCategory({ slug: 'clothing' });
  const shoes = await createCategory({ slug: 'shoes', parentId: clothing.id });
  await createCategory({ slug: 'hats', parentId: clothing.id });
  await createCategory({ slug: 'running', parentId: shoes.id });
}

describe('an import of categories', () => {
  it('creates them parents first, whatever the order of the rows', async () => {
    const file = csv('slug,parent,name', 'trail,running,Trail', 'hats,,Hats', 'running,shoes,Running', 'shoes,,Shoes');
    expect(await planAndImport(file)).toEqual(['created: below running', 'created', 'created: below shoes', 'created']);
    expect(await tree()).toBe('hats shoes(running(trail))');
    expect(await planAndImport(file)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    await expectSoundTable();
  });

  it('moves what says another parent, to the top what is marked, and leaves what says nothing', async () => {
    await someCategories();
    const file = csv('slug,parent', 'hats,shoes', 'shoes,[clear]', 'running,');
    expect(await planAndImport(file)).toEqual([
      'changed: parent clothing → shoes',
      'changed: parent clothing → none',
      'unchanged',
    ]);
    expect(await tree()).toBe('clothing shoes(hats running)');
    const names = csv('slug,name', 'hats,Hats');
    expect(await planAndImport(names)).toEqual([expect.stringMatching(/^changed: name /)]);
    expect(await tree()).toBe('clothing shoes(hats running)');
    const json = write('categories.json', '[{"slug":"hats","parent":null},{"slug":"running","parent":"hats"}]');
    expect(await planAndImport(json)).toEqual(['changed: parent shoes → none', 'changed: parent shoes → hats']);
    expect(await tree()).toBe('clothing hats(running) shoes');
  });

  it('turns a branch round, which goes through no circle', async () => {
    await someCategories();
    const file = csv('slug,parent', 'clothing,running', 'shoes,running', 'running,[clear]');
    expect(await planAndImport(file)).toEqual([
      'changed: parent none → running',
      'changed: parent clothing → running',
      'changed: parent shoes → none',
    ]);
    expect(await tree()).toBe('running(clothing(hats) shoes)');
    await expectSoundTable();
  });

  it('moves what would be too deep for a moment once that which is below it has left', async () => {
    const below = (name: string, levels: number) =>
      Array.from({ length: levels }, (_, at) => `${name}${at + 1},${at === 0 ? '' : `${name}${at}`},Name`);
    await importFrom(csv('slug,parent,name', ...below('a', 5), ...below('b', 6)), client);
    // On level 7, with a2 and what is below it on levels that there are not.
    const file = csv('slug,parent', 'a1,b6', 'a2,b1');
    expect(await planAndImport(file)).toEqual(['changed: parent none → b6', 'changed: parent a1 → b1']);
    const [deep] = await planAndImport(csv('slug,parent,name', 'c9,c8,C', 'c8,a1,C'));
    expect(deep).toBe('parent: below "c8" it would reach level 9, and the tree has 8 at most');
    // With a3, a4 and a5 below it.
    const [branch] = await planAndImport(csv('slug,parent', 'a2,b5'));
    expect(branch).toBe('parent: below "b5" it would reach level 9, and the tree has 8 at most');
    await expectSoundTable();
  });

  it('rejects circles by row, and parents that nobody has', async () => {
    await someCategories();
    const file = csv(
      ...[
        'slug,parent,name',
        'shoes,running,',
        'a,c,A',
        'b,a,B',
        'c,b,C',
        'd,d,D',
        'e,nowhere,E',
        'f,a,F',
        'g,Bad One,G',
      ],
    );
    const circle = 'parent: line 3, line 4 and line 5 put these categories below each other, in a circle';
    expect(await planAndImport(file)).toEqual([
      'parent: "running" is itself below "shoes"',
      ...[circle, circle, circle],
      'parent: a category cannot be below itself',
      'parent: there is no category with the slug "nowhere", and no row with it',
      'parent: "a" is to come by line 3, which is rejected',
      'parent: must be lower-case words (a-z, 0-9) joined by hyphens',
    ]);
    expect(await tree()).toBe('clothing(hats shoes(running))');
  });

  it('rejects what was to come below or go round a row that is rejected itself', async () => {
    await someCategories();
    const file = csv(
      ...['slug,version,parent,name', 'running,7,[clear],', 'shoes,,running,', 'new,,old,New', 'old,3,,Old'],
    );
    expect(await planAndImport(file)).toEqual([
      'version: the row has 7, and by now it is 1: export anew, or empty the cell to overwrite',
      'parent: "running" is itself below "shoes"',
      'parent: "old" is to come by line 5, which is rejected',
      'version: the row has 3, and there is no such category any more: empty the cell to create it',
    ]);
  });

  it('does what its dry run has said, whatever the rows', async () => {
    const slugs = ['a', 'b', 'c', 'd', 'e', 'f'];
    const row = fc.tuple(
      fc.constantFrom(...slugs),
      fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('1', '2') }),
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...slugs) },
        { weight: 2, arbitrary: fc.constantFrom('', '[clear]', 'nowhere') },
      ),
      fc.oneof({ weight: 6, arbitrary: fc.constant('Name') }, { weight: 1, arbitrary: fc.constant('') }),
    );
    // First what comes to each of the outcomes below, so that no luck is needed to meet them.
    type Row = [slug: string, version: string, parent: string, name: string];
    const above: Row = ['a', '', '', 'Name'];
    const first: Row[] = [above, ['b', '', 'a', 'Name'], ['c', '', 'nowhere', 'Name']];
    const second: Row[] = [above, ['b', '', '[clear]', 'Name']];
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { selector: ([slug]) => slug, minLength: 1 }), async (rows) => {
        const file = csv('slug,version,parent,name', ...rows.map((cells) => cells.join(',')));
        const planned = words(await importFrom(file, client, { dryRun: true }));
        const done = words(await importFrom(file, client));
        expect(planned).toEqual(done);
        for (const word of done) seen.add(word.replace(/[:"].*/, ''));
      }),
      { numRuns: rounds(20), endOnFailure: true, examples: [[first], [second]] },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['created', 'changed', 'unchanged', 'parent']));
    await expectSoundTable();
  });
});

it('the page on spreadsheets says what becomes of its small tree', async () => {
  const page = readFileSync(path.join(projectRoot, 'docs', 'spreadsheets.md'), 'utf8');
  const [, content = '', told = ''] = /```csv\n(slug,parent[^]*?)```[^]*?```text\n([^]*?)```/.exec(page) ?? [];
  const sale = await createCategory({ slug: 'sale' });
  await createCategory({ slug: 'shoes', name: 'Shoes', parentId: sale.id });
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const options = { dryRun: true, concurrency: 4, signal: new AbortController().signal };
  await importFile(catalogFile(csv(content.trimEnd())), () => Promise.resolve(client), options);
  const lines = log.mock.calls.flat().map(String);
  log.mockRestore();
  expect(lines.slice(0, 3)).toEqual(told.trimEnd().split('\n'));
});

describe.each(['csv', 'json'])('an export of categories to .%s', (format) => {
  it('makes the same tree on a stage that has none of them', async () => {
    await someCategories();
    const before = await tree();
    const file = await exportTo(path.join(folder, `categories-exported.${format}`), client);
    expect(await planAndImport(file)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    await emptyTable();
    expect(await planAndImport(file, { ignoreVersion: true })).toEqual([
      'created',
      ...['created: below clothing', 'created: below shoes', 'created: below clothing'],
    ]);
    expect(await tree()).toBe(before);
    rmSync(file);
  });
});
