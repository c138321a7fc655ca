import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { bundle } from '../../../../../command/bundle';
import { sortLines } from '../../../../../cli/catalog/files/sorted-lines';
import { rounds } from '../../../../support/depth';
import { newFolder } from '../../../../support/temporary-file';

async function* inTurn(lines: Iterable<string>) {
  for (const line of lines) yield await Promise.resolve(line);
}

async function sorted(lines: string[], folder: string): Promise<string[]> {
  const result = [];
  for await (const line of sortLines(inTurn(lines), folder)) result.push(line);
  return result;
}

// Of 20 kB: more runs than are merged at once, and at full depth more than two passes merge.
const many = rounds(15_000);

/** Sorts so many lines from an order that puts neighbours into different runs; says how many come back in theirs. */
const script = `
  const { sortLines } = require(process.argv[1]);
  const count = ${many};
  async function* lines() {
    for (let number = 0; number < count; number += 1) {
      yield String((number * 7_919) % count).padStart(5, '0') + 'x'.repeat(20_000);
    }
  }
  (async () => {
    let sorted = 0;
    for await (const line of sortLines(lines(), process.argv[2])) if (Number(line.slice(0, 5)) === sorted) sorted += 1;
    process.stdout.write(String(sorted));
  })();
`;

describe('sortLines', () => {
  it('sorts by code units, whatever the language', async () => {
    expect(await sorted(['b', 'a', '', 'B', 'ä', 'a b', 'a-b', 'a', '10', '9'], newFolder())).toEqual([
      '',
      '10',
      '9',
      'B',
      'a',
      'a',
      'a b',
      'a-b',
      'b',
      'ä',
    ]);
  });

  it('sorts nothing', async () => {
    expect(await sorted([], newFolder())).toEqual([]);
  });

  it('sorts more than it holds in memory, by way of files', async () => {
    // 5 MB, in an order that puts neighbours into different runs, in letters of both cases; with what other readers take for the end of a line.
    const lines = Array.from({ length: 5_000 }, (_, number) => {
      const letter = ['a', 'B', 'A', 'b'][number % 4] ?? '';
      return `${letter}${String((number * 7_919) % 5_000).padStart(4, '0')}\u2028\u2029\u0085\r${'ä'.repeat(500)}${'x'.repeat(500)}`;
    });
    const folder = newFolder();
    expect(await sorted(lines, folder)).toEqual([...lines].sort());
    expect(readdirSync(folder)).toEqual(['run-0', 'run-1']);
  });

  it(`sorts ${many / 50} MB with a heap of 24 MB, which has no room for a part of each run`, async () => {
    const [sorter = ''] = await bundle(['cli/catalog/files/sorted-lines.ts']);
    const flags = ['--max-old-space-size=24', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, sorter, newFolder()]);
    expect(stdout).toBe(String(many));
  });
});
