/** What bundles the functions for a package: a fault in their sources is told once, and nothing stays in the temporary folder. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../../deployment/service';

const folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
const inFolder = (name: string) => path.join(folder, name);
for (const name of ['functions', 'resources', 'temporary']) mkdirSync(inFolder(name));
cpSync(path.join(projectRoot, 'resources', 'bundles.js'), inFolder('resources/bundles.js'));
symlinkSync(path.join(projectRoot, 'node_modules'), inFolder('node_modules'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each function by itself, in a context that keeps its process, and a folder in the temporary one: as serverless-esbuild does. */
const script = `
  const { mkdtempSync, readFileSync } = require('node:fs');
  const { join } = require('node:path');
  const plugins = require('./resources/bundles.js');
  const { context } = require('esbuild');
  Promise.all(['one', 'two'].map(async (name) => {
    mkdtempSync(join(require('node:os').tmpdir(), name));
    const made = await context({ entryPoints: ['functions/' + name + '.ts'], bundle: true, outdir: 'built', write: false, plugins });
    const { outputFiles } = await made.rebuild();
    await made.dispose();
    console.log(outputFiles[0].text);
  }));
`;

function bundle(sources: Readonly<Record<string, string>>) {
  for (const [name, source] of Object.entries(sources)) writeFileSync(inFolder(`functions/${name}.ts`), source);
  const env = { ...process.env, TMPDIR: inFolder('temporary') };
  const options = { cwd: folder, env, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], options);
  expect(readdirSync(inFolder('temporary'))).toEqual([]);
  return { status, stdout, stderr };
}

it('makes a bundle of each function', () => {
  const { status, stdout } = bundle({ one: 'console.log(1 as number)', two: 'console.log(2 as number)' });
  expect([status, stdout.match(/console\.log\(\d\)/g)?.sort()]).toEqual([0, ['console.log(1)', 'console.log(2)']]);
});

it('says where each fault is, once, and ends', () => {
  expect(bundle({ one: '\nconst = 1;', two: "import './none';" })).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The functions [^\n]*functions\/one\.ts:2:6: [^\n]*functions\/two\.ts:1:7: [^\n]*\n$/,
    ),
  });
});
