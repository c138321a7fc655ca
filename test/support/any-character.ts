/**
 * For strings of fast-check: any character of Unicode, halves of a pair left out. Its own unit `binary` is the same, and makes a
 * table of all 1.1 million of them before the first string, which takes most of a second in each process.
 */
import fc from 'fast-check';

/** Of a text of one character; of any other, a number that no character has. */
function codeOf(text: unknown): number {
  const [code = -1, ...others] = typeof text === 'string' ? Array.from(text, (one) => one.codePointAt(0)) : [];
  return others.length === 0 ? code : -1;
}

export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code), codeOf);
