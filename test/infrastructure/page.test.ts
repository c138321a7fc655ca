/** A deploy ships the page that its sources make, whatever has been built before. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import type * as Page from '../../command/page';
import { projectRoot } from '../../deployment/service';
import { copyService } from '../../local/stack/service-copy';
import { itAtFullDepth, sampled } from '../support/depth';
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

itAtFullDepth(
  'sls package ships the page of the present sources, the same whenever it is built, and nothing of an older one that lies there already',
  async () => {
    // A process of its own, where Jest does not stand between Vite and its modules.
    const script = `require('./command/page').makePage().then((files) => {
    const contents = files.map(([name, content]) => [name, Buffer.from(content).toString('base64')]);
    process.stdout.write(JSON.stringify(contents));
  })`;
    const options = { cwd: copy, timeout: 120_000, maxBuffer: Infinity };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], options);
    const present = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(stdout));

    const { files = {} } = packagedFunctions(packageFolder('lambda')).find(({ name }) => name === 'console') ?? {};
    const shipped = Object.entries(files).filter(([file]) => file.startsWith('.console/page/'));
    const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
    expect(Object.fromEntries(shipped.map(([file, sent]) => [file, digestOf(brotliDecompressSync(sent))]))).toEqual(
      Object.fromEntries(
        present.map(([name, content]) => [`.console/page/${name}.br`, digestOf(Buffer.from(content, 'base64'))]),
      ),
    );
  },
);

it('the page takes in every stylesheet that lies beside it', () => {
  const sources = path.join(projectRoot, 'console');
  const first = readFileSync(path.join(sources, 'start.ts'), 'utf8');
  const sheets = readdirSync(sources).filter((name) => name.endsWith('.css'));
  expect(sheets.filter((name) => !first.includes(`import './${name}';`))).toEqual([]);
});

it('the page is built anew for a change in any file that it is made of', () => {
  const { versionOfSources } = pageOfCopy();
  const files = [
    ...sampled(filesIn(path.join(copy, 'console'))),
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
