/** docs/security.md names a test for each promise: it is there, under that title. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');

/** The rows of the tables that name tests; the last cell is `file`: title, and more of these after semicolons. */
const promises = read('docs/security.md')
  .split('\n## ')
  .filter((section) => section.includes('Shown by'))
  .flatMap((section) => section.split('\n').filter((line) => line.startsWith('|')))
  .filter((line) => !/^\| *(-{3}|.*Shown by)/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .map((cells) => ({ promise: cells[0] ?? '', shownBy: (cells.at(-1) ?? '').split('; ') }));

it('is read as a list of promises', () => {
  expect(promises.length).toBeGreaterThan(20);
});

it.each(promises)('$promise', ({ shownBy }) => {
  for (const test of shownBy) {
    const [, file = '', title = ''] = /^`(test\/[\w./-]+\.test\.ts)`: (.+)$/.exec(test) ?? [];
    expect(read(file)).toContain(title);
  }
});
