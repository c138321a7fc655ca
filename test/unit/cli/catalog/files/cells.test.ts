import { fromCell, isFailedFormula, safeCell, toCell } from '../../../../../cli/catalog/files/cells';

describe('toCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    [' -1', "' -1"],
    ['x;=1+1;y', "x;'=1+1;y"],
    ['x\t=1', "x\t'=1"],
    ['x\n=1', "x\n'=1"],
    ['x\r\n=1', "x\r\n'=1"],
    ['x, "=1"', 'x,\' "=1"'],
    ['\t=1', "'\t'=1"],
    ['＝1', "'＝1"],
    ['', "'"],
    ["'", "''"],
    ['[clear]', "'[clear]"],
    ['#NAME?', "'#NAME?"],
    ["'#N/A ", "''#N/A "],
    ['#NOM?', "'#NOM?"],
    ["'#¡VALOR!", "''#¡VALOR!"],
    [' ', "' "],
  ])('guards %j as %j, and fromCell takes that away again', (text, cell) => {
    expect(toCell(text)).toBe(cell);
    expect(fromCell(cell)).toBe(text);
    expect(safeCell(cell)).toBe(cell);
  });

  it.each(['Shoe', "Men's", "O'Neill, 'red'", 'a-b', '5+1', 'a@b.c', 'a\n\nb', '[clear] it', '5" screen'])(
    'leaves %j as it is',
    (text) => {
      expect(toCell(text)).toBe(text);
      expect(fromCell(text)).toBe(text);
    },
  );

  it('writes nothing for what is not there', () => {
    expect(toCell(undefined)).toBe('');
  });
});

it.each([
  ['', undefined],
  ['  ', undefined],
  ['[clear]', null],
  [' [CLEAR]', null],
  ['=1', '=1'],
])('fromCell reads %j as %j', (cell, value) => {
  expect(fromCell(cell)).toBe(value);
});

it.each([
  // As Excel writes them in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and Russian.
  ...['#NAME?', '#REF!', '#N/A', '#SPILL!', '#CALC!', '#DIV/0!', '#BEZUG!', '#NV', '#ÜBERLAUF!', '#NOM?', '#VALEUR!'],
  ...['#NOMBRE!', '#¿NOMBRE?', '#¡DIV/0!', '#N/D', '#RIF!', '#NAAM?', '#NÚM!', '#NAZWA?', '#DZIEL/0!', '#ИМЯ?', '#Н/Д'],
  // And Google Sheets, LibreOffice in English and in French, and a column that is too narrow.
  ...['#ERROR!', 'Err:508', 'Err :508', '#NOM ?', '#VALEUR\u00a0!', '####'],
])('isFailedFormula knows %s', (cell) => {
  expect(isFailedFormula(cell)).toBe(true);
});

it.each(['#1', '#1!', '#sale', '#Sale!', 'A #NAME?', '#', 'C#', '#AD', "'#NOM?", '#FF0000'])(
  'isFailedFormula takes %s for a text',
  (cell) => {
    expect(isFailedFormula(cell)).toBe(false);
  },
);

it.each([
  ['=1', "'=1"],
  ["'=1", "'=1"],
  ['', ''],
  [' ', ' '],
  ['[clear]', '[clear]'],
  ['#REF!', '#REF!'],
  ['x;=1', "x;'=1"],
])('safeCell makes of %j %j, which reads the same', (cell, safe) => {
  expect(safeCell(cell)).toBe(safe);
  expect(fromCell(safe)).toBe(fromCell(cell));
});

it('fromCell takes away exactly what toCell guards a text with, whatever signs and delimiters stand in a row', () => {
  const pieces = ["'", '"', '=', ',', ' ', '\t', '\r', '\n', '[clear]', 'a'];
  let texts = [''];
  for (let length = 1; length <= 4; length += 1) {
    texts = texts.flatMap((text) => pieces.map((piece) => text + piece));
    expect(texts.filter((text) => fromCell(toCell(text)) !== text)).toEqual([]);
    expect(texts.filter((text) => fromCell(safeCell(text)) !== fromCell(text))).toEqual([]);
  }
});
