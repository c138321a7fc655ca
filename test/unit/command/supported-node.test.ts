/** Every command refuses a Node that is too old in one sentence, before anything that such a Node does not know. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { projectRoot } from '../../../deployment/service';
import { engines, scripts } from '../../../package.json';

const command = (file: string) => path.join(projectRoot, 'command', file);

/** Runs a file with a Node that says it is of this version. */
function runOn(version: string, file: string, ...args: string[]) {
  const disguise = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-node-')), 'disguise.js');
  const versions = JSON.stringify({ ...process.versions, node: version });
  writeFileSync(disguise, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', disguise, command(file), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it.each(['12.22.12', '18.20.8', '20.19.6'])('a command refuses Node %s', (version) => {
  expect(runOn(version, 'run.js', 'cli/users.ts', '--help')).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      new RegExp(`^This needs Node 20\\.20 or newer, and Node ${version} is what runs it: .*\\.\n$`),
    ),
  });
});

it.each(['20.20.0', '22.0.0', '24.11.0'])('Node %s is accepted', (version) => {
  expect(runOn(version, 'supported-node.js')).toEqual({ status: 0, stdout: '', stderr: '' });
});

it.each(['run.js', 'supported-node.js'])('%s has nothing that is newer than ES2015', (file) => {
  const source = readFileSync(command(file), 'utf8');
  const written = (target: string) => transformSync(source, { target }).code;
  expect(written('es2015')).toBe(written('esnext'));
});

it.each(Object.entries(scripts))('npm run %s begins with the check', (_, script) => {
  expect(script).toMatch(/^node command\/(?:run\.js \S+\.ts(?: [\w-]+)*$|supported-node\.js (?:&&|\|\| exit 1;) )/);
});

it('.nvmrc has a version that is supported', () => {
  const [, major] = /^(\d+)\n$/.exec(readFileSync(path.join(projectRoot, '.nvmrc'), 'utf8')) ?? [];
  const [, oldest] = /^>=(\d+)\.\d+$/.exec(engines.node) ?? [];
  expect(Number(major)).toBeGreaterThan(Number(oldest));
});

it('the launcher runs what the sources say now', () => {
  const help = execFileSync(process.execPath, [command('run.js'), 'cli/users.ts', '--help'], { encoding: 'utf8' });
  expect(help).toContain('Usage: npm run users --');
});
