import { catalogFile } from '../../../../../cli/catalog/files/file-name';
import { readRows, surveyRows } from '../../../../../cli/catalog/files/rows';
import { describePlace } from '../../../../../cli/catalog/rejection';
import { writeNew } from '../../../../support/temporary-file';

async function readAll(content: string | Buffer) {
  const rows = [];
  for await (const found of readRows(catalogFile(writeNew('products.json', content)))) rows.push(found);
  return rows;
}

describe('readRows of a JSON file', () => {
  it.each([
    ['one record a line', '[\n{"sku":"A"},\n{"sku":"B"}\n]\n', [2, 3]],
    [
      'CR LF, indentation and a byte order mark',
      '\ufeff[\r\n  {\r\n    "sku": "A"\r\n  },\r\n\r\n  {"sku": "B"}\r\n]',
      [2, 6],
    ],
    ['a comma after the last record', '[\n{"sku":"A"},\n{"sku":"B"},\n]', [2, 3]],
  ])('finds the records and their lines with %s', async (_, content, lines) => {
    expect(await readAll(content)).toEqual([
      { line: lines[0], key: 'A', original: { sku: 'A' }, record: { sku: 'A' } },
      { line: lines[1], key: 'B', original: { sku: 'B' }, record: { sku: 'B' } },
    ]);
  });

  it('counts the records of a line that has several, and of no other', async () => {
    const rows = await readAll('[{"sku":"A"},{"sku":"B"},\n{"sku":"C"},\n7,{},{"sku":"D"\n}]');
    expect(rows.map(describePlace)).toEqual([
      ...['record 1 of line 1', 'record 2 of line 1', 'line 2'],
      ...['record 1 of line 3', 'record 2 of line 3', 'record 3 of line 3'],
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
    expect(await readAll('[{"line":7,"record":2,"reason":"Some reason","sku":"A"}]')).toEqual([
      { line: 1, key: 'A', original: { sku: 'A' }, record: { sku: 'A' } },
    ]);
  });

  it('passes over fields that nobody knows where it is told to, and keeps them for the rejected rows', async () => {
    const file = catalogFile(writeNew('products.json', '[{"sku":"A","colour":"red"}]'), { ignoreUnknown: true });
    expect((await readRows(file).next()).value).toEqual({
      ...{ line: 1, key: 'A', original: { sku: 'A', colour: 'red' } },
      record: { sku: 'A' },
    });
  });

  it('reads UTF-16', async () => {
    const [found] = await readAll(Buffer.from('\ufeff[{"sku":"A","name":"Café"}]', 'utf16le'));
    expect(found?.record).toEqual({ sku: 'A', name: 'Café' });
  });

  it.each([
    ['{"sku":}', 'is not JSON', '{"sku":}'],
    ["{'sku':1}", 'is not JSON', "{'sku':1}"],
    ['', 'is not JSON', ''],
    ['5', 'is not an object', 5],
    ['["sku"]', 'is not an object', ['sku']],
    ['null', 'is not an object', null],
  ])('says what is wrong with the record %j, keeps it, and goes on', async (bad, problem, original) => {
    expect(await readAll(`[\n{"sku":"A"},\n${bad},\n{"sku":"C"}]`)).toEqual([
      expect.objectContaining({ line: 2 }),
      { line: 3, original, problem },
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
    await expect(surveyRows(file)).rejects.toMatchObject({ name: 'Failure', message: expect.stringMatching(message) });
  });
});
