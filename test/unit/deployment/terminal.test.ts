import fc from 'fast-check';
import { print, printable, printError } from '../../../deployment/terminal';
import { anyCharacter } from '../../support/any-character';
import { steering } from '../../support/steering';

describe('printable', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
    ['\u009b31m', '\\u009b31m'],
    ['first\r\nsecond\tthird', 'first\\u000d\\u000asecond\\u0009third'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['\u2066a\u2069 \u061c \u200e\u200f', '\\u2066a\\u2069 \\u061c \\u200e\\u200f'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['\u007f', '\\u007f'],
  ])('escapes what steers a terminal: %j', (text, escaped) => {
    expect(printable(text)).toBe(escaped);
  });

  it.each(['Grün, 緑, أخضر, ירוק', '👩‍👩‍👧 e\u0301', 'C:\\u001b', ''])('leaves every other text as it is: %j', (text) => {
    expect(printable(text)).toBe(text);
  });

  it('lets nothing through that steers a terminal, and says the same in JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(printable(text)).not.toMatch(steering);
        expect(JSON.parse(printable(JSON.stringify([text])))).toEqual([text]);
      }),
    );
  });
});

it.each([
  ['print', print, 'log'],
  ['printError', printError, 'error'],
] as const)('%s writes each line printable, and nothing between them but line breaks', (_, write, method) => {
  const written = jest.spyOn(console, method).mockImplementation();
  write('one\u001b[A', 'two\nthree');
  expect(written.mock.calls).toEqual([['one\\u001b[A\ntwo\\u000athree']]);
  written.mockRestore();
});
