import fc from 'fast-check';
import * as z from 'zod/mini';
import { text, textPairs } from '../../../src/catalog/text';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';

const line = text({ max: 10 });
const lines = text({ max: 10, min: 0, multiline: true });
const accepts = (schema: z.ZodMiniType, value: unknown) => z.safeParse(schema, value).success;
const messagesOf = (schema: z.ZodMiniType, value: unknown) =>
  z.safeParse(schema, value).error?.issues.map(({ message }) => message);

describe('text', () => {
  it.each([
    ['plain words', 'Red shoe'],
    ['one character', 'x'],
    ['emoji of several code points', '👩\u200D👧 🇩🇪'],
    ['right-to-left words', 'נעל حذاء'],
    ['right-to-left marks', 'a\u200Eb\u200Fc'],
    ['10 code points outside the first plane', '😀'.repeat(10)],
    ['leading and trailing spaces', ' a '],
    ['what looks like code', `<b>'";--`],
  ])('accepts %s as they are', (_, value) => {
    expect(z.parse(line, value)).toBe(value);
  });

  it.each([
    ['a combined umlaut', 'a\u0308', 'ä'],
    ['the Kelvin sign', '\u212A', 'K'],
    ['a Hangul syllable in parts', '\u1112\u1161\u11AB', '한'],
    ['what composes to 10 characters', 'e\u0301'.repeat(10), 'é'.repeat(10)],
  ])('puts %s into NFC', (_, value, normalised) => {
    expect(z.parse(line, value)).toBe(normalised);
  });

  it.each([
    ['a lone high surrogate', 'a\uD83D', 'must be well-formed Unicode, without lone surrogates'],
    ['a lone low surrogate', '\uDE00a', 'must be well-formed Unicode, without lone surrogates'],
    ['surrogates in the wrong order', '\uDE00\uD83D', 'must be well-formed Unicode, without lone surrogates'],
    ['NUL', 'a\0b', 'must not contain control characters'],
    ['an escape sequence', '\u001B[31m', 'must not contain control characters'],
    ['DEL', 'a\u007F', 'must not contain control characters'],
    ['a C1 control', 'a\u0085', 'must not contain control characters'],
    ['a tab', 'a\tb', 'must not contain control characters'],
    ['a line break', 'a\nb', 'must not contain control characters'],
    ['a line break at the end', 'a\r\n', 'must not contain control characters'],
    ...Array.from('\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069', (mark) => [
      `the bidirectional control ${mark.codePointAt(0)?.toString(16) ?? ''}`,
      `a${mark}b`,
      'must not contain bidirectional controls',
    ]),
    ['U+FFFD', 'a\uFFFDb', 'must not contain U+FFFD, the sign of a damaged encoding'],
    ['11 characters', 'x'.repeat(11), 'must have at most 10 characters'],
    ['11 code points', '😀'.repeat(11), 'must have at most 10 characters'],
    ['what grows beyond the length in NFC', '\u{1D160}'.repeat(4), 'must have at most 10 characters'],
    ['an empty string', '', 'must not be empty'],
    ['spaces alone', ' \u00A0\u3000', 'must not be empty'],
    ['31 marks in a row', `a${'\u0301'.repeat(31)}`, 'must not have more than 30 combining marks in a row'],
    [
      'marks in a row of two kinds',
      `a${'\u0301\u0316'.repeat(16)}`,
      'must not have more than 30 combining marks in a row',
    ],
    ['61 code units', 'e\u0301'.repeat(31), 'must have at most 10 characters'],
  ])('refuses %s', (_, value, message) => {
    expect(messagesOf(line, value)).toEqual([message]);
  });

  // What a word is written with may show nothing: a joiner in Persian, a soft hyphen. Alone, it is no word.
  it.each(
    Array.from(
      '\u00AD\u034F\u061C\u115F\u1160\u17B4\u180E\u200B\u200C\u200D\u200E\u200F\u2060\u2064\u206A\u2800\u3164\uFE0F\uFEFF\uFFA0\uFFFA',
    ).concat(
      ...Array.from('\u{13441}\u{16FE4}\u{1BCA0}\u{1D159}\u{1D173}\u{E0001}\u{E0041}\u{E007F}\u{E0100}\u{E0FFF}'),
    ),
  )('refuses text of %j alone as empty, and accepts it within a word', (sign) => {
    for (const value of [sign, ` ${sign} `, sign.repeat(10)]) {
      expect(messagesOf(line, value)).toEqual(['must not be empty']);
    }
    expect(accepts(line, `a${sign}b`)).toBe(true);
    expect(accepts(lines, sign)).toBe(true);
  });

  it('refuses every character that Unicode says to ignore, and every space, alone', () => {
    const ignored: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const sign = String.fromCodePoint(code);
      if (/[\p{Default_Ignorable_Code_Point}\p{Z}]/u.test(sign)) ignored.push(sign);
    }
    expect(ignored.length).toBeGreaterThan(4_000);
    expect(ignored.filter((sign) => accepts(line, sign))).toEqual([]);
  });

  it('takes the longest text there is, taken apart as far as it goes, however many code units that is', () => {
    const most = { units: 0, sign: '' };
    for (let code = 0xa0; code <= 0x10ffff; code += 1) {
      const sign = String.fromCodePoint(code);
      if (!sign.isWellFormed() || sign.normalize('NFC') !== sign) continue;
      const units = sign.normalize('NFD').length;
      if (units > most.units) Object.assign(most, { units, sign });
    }
    expect(most.units).toBe(6);
    expect(z.parse(line, most.sign.repeat(10).normalize('NFD'))).toBe(most.sign.repeat(10));
  });

  it.each([1, null, true, [], {}, undefined])('refuses %j, which is no string', (value) => {
    expect(accepts(line, value)).toBe(false);
  });

  it.each(['', ' ', 'a\tb', 'a\nb', 'a\r\nb'])('accepts %j where several lines and none are allowed', (value) => {
    expect(z.parse(lines, value)).toBe(value);
  });

  it.each(['a\0', 'a\u000B', 'a\u000C', '\u001B', 'a\u0085', '\u202E', '\uFFFD', '\uD800', 'x'.repeat(11)])(
    'refuses %j even where several lines are allowed',
    (value) => {
      expect(accepts(lines, value)).toBe(false);
    },
  );

  it('lets nothing through but short, well-formed NFC, and takes that as it is', () => {
    const unit = fc.oneof(
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
      fc.constantFrom('\u0301', '\uD800', '\uDC00', '\n', '\0', '\u202E', 'e', ' '),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (value) => {
        const result = z.safeParse(line, value);
        if (!result.success) return;
        expect(result.data).toBe(value.normalize('NFC'));
        expect(result.data).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFD]|^\s*$/u);
        expect(Array.from(result.data).length).toBeLessThanOrEqual(10);
        expect(z.parse(line, result.data)).toBe(result.data);
      }),
      { numRuns: rounds(1_000) },
    );
  });
});

describe('textPairs', () => {
  const pairs = textPairs(text({ max: 5, min: 0 }), 3);
  const parse = (json: string): unknown => JSON.parse(json);

  it.each<object>([
    {},
    { colour: 'red' },
    { a: '', b: '', c: '' },
    { constructor: 'x', toString: 'x' },
    { 'a b/c~d': 'ä' },
  ])('accepts %j', (value) => {
    expect(z.parse(pairs, value)).toEqual(value);
  });

  it('puts names and values into NFC', () => {
    expect(z.parse(pairs, { 'a\u0308': 'o\u0308' })).toEqual({ ä: 'ö' });
  });

  it.each<[string, unknown, string[]]>([
    ['too many pairs', { a: '', b: '', c: '', d: '' }, []],
    ['a value that is too long', { a: 'x'.repeat(6) }, ['a']],
    ['a value that is no string', { a: 1 }, ['a']],
    ['a value that is null', { a: null }, ['a']],
    ['an empty name', { '': 'x' }, ['']],
    ['a name that is too long', { ['x'.repeat(101)]: 'x' }, ['x'.repeat(101)]],
    ['a name with a control character', { 'a\0': 'x' }, ['a\0']],
    ['a __proto__ name', parse('{"__proto__":"x"}'), ['__proto__']],
    ['a __proto__ object', parse('{"a":"x","__proto__":{"b":"x"}}'), ['__proto__']],
    ['two names that are one once normalised', { 'cle\u0301': 'x', 'cl\u00e9': 'y' }, ['cl\u00e9']],
    ['a list', ['a'], []],
    ['null', null, []],
    ['a string', 'a', []],
  ])('refuses %s, and says where', (_, value, path) => {
    expect(z.safeParse(pairs, value).error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});
