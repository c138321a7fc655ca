import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../../command/bundle';
import { projectRoot } from '../../../deployment/service';

const tests = path.join(projectRoot, '.local', 'tests');
mkdirSync(tests, { recursive: true });
const folder = path.relative(projectRoot, mkdtempSync(path.join(tests, 'bundle-')));
const source = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => writeFileSync(path.join(projectRoot, source(name)), text);
const run = (file: string) => spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout.trim();

afterAll(() => rmSync(path.join(projectRoot, folder), { recursive: true }));

describe('bundle', () => {
  it('makes a file that knows where its sources are', async () => {
    write('place.ts', 'export const place: string = __dirname;');
    write('entry.ts', "import { place } from './place'; console.log(place, __filename);");
    const [file = ''] = await bundle([source('entry.ts')]);
    expect(run(file)).toBe(`${path.join(projectRoot, folder)} ${path.join(projectRoot, source('entry.ts'))}`);
  });

  it('keeps it while the sources stay, and makes it anew when one of them changes', async () => {
    write('part.ts', "export const part = 'first';");
    write('whole.ts', "import { part } from './part'; console.log(part);");
    const [file = ''] = await bundle([source('whole.ts')]);
    expect(run(file)).toBe('first');
    const made = statSync(file).mtimeMs;
    await bundle([source('whole.ts')]);
    expect(statSync(file).mtimeMs).toBe(made);
    write('part.ts', "export const part = 'changed';");
    await bundle([source('whole.ts')]);
    expect(run(file)).toBe('changed');
  });

  it('rejects with the place of a fault in the sources', async () => {
    write('wrong.ts', 'const = 1;');
    await expect(bundle([source('wrong.ts')])).rejects.toThrow(/wrong\.ts:1:6: ERROR/);
  });
});
