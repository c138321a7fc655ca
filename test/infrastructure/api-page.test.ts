/** The tables of docs/api.md have every route with its level, and every error code with its status. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { levels, policy } from '../../src/access/policy';
import { statusOf } from '../../src/http/problem';

const lines = readFileSync(path.join(projectRoot, 'docs', 'api.md'), 'utf8').split('\n');
const cellsOf = (line = '') =>
  line
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''))
    .slice(1, -1);

/** The rows of the table with these column headings. */
function rowsUnder(...headings: string[]): string[][] {
  const header = lines.findIndex((line) => cellsOf(line).join() === headings.join());
  const end = lines.findIndex((line, index) => index > header && !line.startsWith('|'));
  return lines.slice(header + 2, end).map(cellsOf);
}

it('lists every route and who may call it', () => {
  const listed = rowsUnder('Route', 'Who', 'Answers').map(([route, who]) => [route, who]);
  const expected = Object.entries(policy).map(([route, level]) => [
    route,
    [...levels[level]].sort().reverse().join(', '),
  ]);
  expect(listed.sort()).toEqual(expected.sort());
});

it('lists every error code with its status', () => {
  const listed = rowsUnder('Status', 'Code', 'When', 'Adds').map(([status, code]) => [code, Number(status)]);
  expect(Object.fromEntries(listed)).toEqual(statusOf);
});
