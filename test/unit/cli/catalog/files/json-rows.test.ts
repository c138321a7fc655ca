import { catalogFile } from '../../../../../cli/catalog/files/file-name';
import { countRows, readRows } from '../../../../../cli/catalog/files/rows';
import { writeNew } from '../../../../support/temporary-file';

async function readAll(content: string) {
  const rows = [];
  for await (const found of readRows(catalogFile(writeNew('products.json', content)))) rows.push(found);
  return rows;
}

describe('readRows of a JSON file', () => {
  it.each([
    ['one record a line', '[\n{"sku":"A"},\n{"sku":"B"}\n]\n', [2, 3]],
    ['everything in one line', '[{"sku":"A"},{"sku":"B"}]', [1, 1]],
    [
      'CR LF, indentation and a byte order mark',
      '\ufeff[\r\n  {\r\n    "sku": "A"\r\n  },\r\n\r\n  {"sku": "B"}\r\n]',
      [2, 6],
    ],
    ['a comma after the last record', '[\n{"sku":"A"},\n{"sku":"B"},\n]', [2, 3]],
  ])('finds the records and their lines with %s', async (_, content, lines) => {
    expect(await readAll(content)).toEqual([
      { line: lines[0], original: { sku: 'A' }, record: { sku: 'A' } },
      { line: lines[1], original: { sku: 'B' }, record: { sku: 'B' } },
    ]);
  });

  it.each(['[]', '[\n\n]\n', ' [ ] '])('finds none in %j', async (content) => {
    expect(await readAll(content)).toEqual([]);
  });

  it('is not misled by brackets, commas and quotes in text', async () => {
    const record = { name: '],[{"\\', description: '\n},\n"', 'a]"': [1, { b: ['\\"'] }] };
    expect(await readAll(`[${JSON.stringify(record)},{"sku":"B"}]`)).toMatchObject([
      { record },
      { record: { sku: 'B' } },
    ]);
  });

  it('leaves out what a file of rejected rows has besides', async () => {
    expect(await readAll('[{"line":7,"reason":"Some reason","sku":"A"}]')).toEqual([
      { line: 1, original: { sku: 'A' }, record: { sku: 'A' } },
    ]);
  });

  it.each([
    ['{"sku":}', 'is not JSON'],
    ["{'sku':1}", 'is not JSON'],
    ['', 'is not JSON'],
    ['5', 'is not an object'],
    ['["sku"]', 'is not an object'],
    ['null', 'is not an object'],
  ])('says what is wrong with the record %j, and goes on', async (bad, problem) => {
    expect(await readAll(`[\n{"sku":"A"},\n${bad},\n{"sku":"C"}]`)).toEqual([
      expect.objectContaining({ line: 2 }),
      { line: 3, original: {}, problem },
      expect.objectContaining({ line: 4, record: { sku: 'C' } }),
    ]);
  });

  it.each([
    ['', /must be a JSON array of records: it does not begin with \[\./],
    ['{"sku":"A"}', /does not begin with \[/],
    ['{"sku":"A"}\n{"sku":"B"}\n', /does not begin with \[/],
    ['[{"sku":"A"}]\n\n[{"sku":"B"}]', /must be one JSON array of records: more follows after its end in line 1\./],
    ['[\n{"sku":"A"},\n{"sku":"B"}', /is not JSON: what begins in line 3 does not end\./],
    ['[\n{"sku":"A"},\n{"sku":"B},\n{"sku":"C"},\n{"sku":"D"}]', /what begins in line 3 does not end/],
    ['[\n{"sku":"A"},\n\n{"sku":"B",\n{"sku":"C"}]', /what begins in line 4 does not end/],
  ])('fails for %j, before anything could be imported', async (content, message) => {
    const file = catalogFile(writeNew('products.json', content));
    await expect(countRows(file)).rejects.toMatchObject({ name: 'Failure', message: expect.stringMatching(message) });
  });
});
