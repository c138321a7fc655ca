/** A deploy ships the page that its sources make, whatever has been built before. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type * as Page from '../../command/page';
import { projectRoot } from '../../deployment/service';
import { copyService } from '../../local/stack/service-copy';
import { packageFolder } from '../support/packages';
import { packagedFunctions } from '../support/packaging';
import { newFolder } from '../support/temporary-file';

const copy = newFolder();
const built = path.join(copy, '.console', 'page');

beforeAll(() => copyService(copy));
afterAll(() => rmSync(copy, { recursive: true }));

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** What `sls package` has the framework do. */
async function runHook(stage: string): Promise<void> {
  const variables = { 'self:custom.parameters': { authorizer: 'jwt' }, 'sls:stage': stage };
  const script = `require('./resources/console.js')({ resolveVariable: async (name) => (${JSON.stringify(variables)})[name] })`;
  await promisify(execFile)(process.execPath, ['-e', script], { cwd: copy, timeout: 120_000 });
}

it('sls package builds the page where an older one lies already, and ships exactly that', async () => {
  const kept = path.join(projectRoot, 'node_modules', '.cache', 'admin-catalog');
  const before = readdirSync(kept);
  mkdirSync(path.join(built, 'assets'), { recursive: true });
  for (const file of ['index.html.br', 'assets/old.js.br']) writeFileSync(path.join(built, file), 'of an older build');
  // Another source, of which the same page is made: nothing that was kept is for it.
  appendFileSync(path.join(copy, 'console', 'main.tsx'), '\n// Nothing else.\n');
  await runHook('dev');
  // Pages alone: others may keep bundles there just now, for a command that they are about to run.
  for (const folder of readdirSync(kept).filter((name) => name.startsWith('page-') && !before.includes(name)))
    rmSync(path.join(kept, folder), { recursive: true });

  const { files = {} } = packagedFunctions(packageFolder('lambda')).find(({ name }) => name === 'console') ?? {};
  const shipped = Object.entries(files).filter(([file]) => file.startsWith('.console/page/'));
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const fresh = filesIn(built).map((file) => [path.relative(copy, file), digestOf(readFileSync(file))]);
  expect(Object.fromEntries(shipped.map(([file, bytes]) => [file, digestOf(bytes)]))).toEqual(
    Object.fromEntries(fresh),
  );
});

it('the page takes in every stylesheet that lies beside it', () => {
  const sources = path.join(projectRoot, 'console');
  const first = readFileSync(path.join(sources, 'start.ts'), 'utf8');
  const sheets = readdirSync(sources).filter((name) => name.endsWith('.css'));
  expect(sheets.filter((name) => !first.includes(`import './${name}';`))).toEqual([]);
});

it('the page is built anew for a change in any file that it is made of', () => {
  const { versionOfSources } = jest.requireActual<typeof Page>(path.join(copy, 'command', 'page'));
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
