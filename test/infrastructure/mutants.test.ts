/** The faults of `npm run mutants` can still be made: a text that is gone, or there twice, would make another fault or none. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { faults } from '../mutants/faults';

it('are at least 60, no two the same', () => {
  const names = faults.map(({ file, text, replacement, test }) => [file, text, replacement, test].join('\n'));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

it.each(faults)('$file has "$text" once, and $test is there', ({ file, text, replacement, test }) => {
  const parts = readFileSync(path.join(projectRoot, file), 'utf8').split(text);
  expect(parts).toHaveLength(2);
  expect(replacement).not.toBe(text);
  expect(existsSync(path.join(projectRoot, test))).toBe(true);
});
