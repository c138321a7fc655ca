/** Text as a search compares it: letters without regard to case and accents, kana as written. */
import { plainLetters } from '../catalog/latin-letters';

// Marks that go with letters of any script. Those of one script alone are letters there, as vowels in Devanagari are; and
// without their voicing marks, kana would be others.
const accents = /(?![\u3099\u309A])(?=\p{M})\p{Script=Inherited}/gu;

/** Only for text that `isQuicklyNormalized`. */
export function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(accents, '').normalize('NFC').toLowerCase();
  return plainLetters(bare).replaceAll('ς', 'σ');
}

// These write words without spaces between them.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const shortest = 3;

export interface Word {
  text: string;
  /** Looked for within words too, and not at their start alone. */
  anywhere: boolean;
}

/** The words that a query asks for: any order will do, so the ones that say most come first. */
export function wordsOf(query: string): Word[] {
  const words = [...new Set(fold(query).split(/\s+/u))].filter((word) => word !== '');
  return words
    .map((text) => ({ text, anywhere: Array.from(text).length >= shortest || unspaced.test(text) }))
    .sort((a, b) => b.text.length - a.text.length);
}
