import { readdirSync } from 'node:fs';
import { sortLines } from '../../../../../cli/catalog/files/sorted-lines';
import { newFolder } from '../../../../support/temporary-file';

async function* inTurn(lines: Iterable<string>) {
  for (const line of lines) yield await Promise.resolve(line);
}

async function sorted(lines: string[], folder: string): Promise<string[]> {
  const result = [];
  for await (const line of sortLines(inTurn(lines), folder)) result.push(line);
  return result;
}

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
});
