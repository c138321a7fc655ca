/** A deploy ships the page that its sources make, whatever has been built before. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type * as Page from '../../command/page';
import { projectRoot } from '../../deployment/service';
import { copyService } from '../../local/stack/service-copy';
import { packageFolder } from '../support/packages';
import { packagedFunctions } from '../support/packaging';
import { newFolder } from '../support/temporary-file';

const copy = newFolder();

beforeAll(() => copyService(copy));
afterAll(() => rmSync(copy, { recursive: true }));

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const pageOfCopy = () => jest.requireActual<typeof Page>(path.join(copy, 'command', 'page'));

it('sls package ships the page of the present sources, the same whenever it is built, and nothing of an older one that lies there already', async () => {
  // Another source, of which the same page is made: nothing that was kept is for it.
  appendFileSync(path.join(copy, 'console', 'main.tsx'), '\n// Nothing else.\n');
  const built = newFolder();
  const script = "void require('./command/page').buildPage(process.argv[1])";
  await promisify(execFile)(process.execPath, ['-e', script, built], { cwd: copy, timeout: 120_000 });
  const kept = path.join('node_modules', '.cache', 'admin-catalog', `page-${pageOfCopy().versionOfSources()}`);
  rmSync(path.join(projectRoot, kept), { recursive: true });

  const { files = {} } = packagedFunctions(packageFolder('lambda')).find(({ name }) => name === 'console') ?? {};
  const shipped = Object.entries(files).filter(([file]) => file.startsWith('.console/page/'));
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const present = filesIn(built).map((file) => [
    path.join('.console/page', path.relative(built, file)),
    digestOf(readFileSync(file)),
  ]);
  expect(Object.fromEntries(shipped.map(([file, bytes]) => [file, digestOf(bytes)]))).toEqual(
    Object.fromEntries(present),
  );
});

it('the page takes in every stylesheet that lies beside it', () => {
  const sources = path.join(projectRoot, 'console');
  const first = readFileSync(path.join(sources, 'start.ts'), 'utf8');
  const sheets = readdirSync(sources).filter((name) => name.endsWith('.css'));
  expect(sheets.filter((name) => !first.includes(`import './${name}';`))).toEqual([]);
});

it('the page is built anew for a change in any file that it is made of', () => {
  const { versionOfSources } = pageOfCopy();
  const files = [
    ...filesIn(path.join(copy, 'console')),
    ...['command/page.js', 'src/catalog/currencies.ts', 'tsconfig.json'].map((file) => path.join(copy, file)),
  ];
  const versions = files.map((file) => {
    const content = readFileSync(file);
    appendFileSync(file, ' ');
    const changed = versionOfSources();
    writeFileSync(file, content);
    return changed;
  });
  expect(new Set([...versions, versionOfSources()]).size).toBe(files.length + 1);
});
