/** Lint stops files of over 150 lines; where one is let pass, and where lint does not look, the first comment says why. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

const reason = /^(?:\/\* eslint-disable max-lines -- \w.+ \*\/\n|(?:# .*\n)*# Over 150 lines: \w)/;

const longFiles = execFileSync('git', ['ls-files', '*.ts', '*.js', '*.mjs', '*.yml', '*.css', '*.html', '*.java'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('test/'))
  .map((file) => ({ file, text: readFileSync(path.join(projectRoot, file), 'utf8') }))
  .filter(({ text }) => text.split('\n').length - 1 > 150);

it('every file of over 150 lines says why in its first comment', () => {
  expect(longFiles.length).toBeGreaterThan(0);
  expect(longFiles.filter(({ text }) => !reason.test(text)).map(({ file }) => file)).toEqual([]);
});

it.each([
  ['no reason', '/* eslint-disable max-lines */\n'],
  ['the reason below the first comment', '/** What it is for. */\n/* eslint-disable max-lines -- A table. */\n'],
  ['a comment that says nothing of it', '# The whole backend.\n'],
])('%s will not do', (_, text) => {
  expect(text).not.toMatch(reason);
});
