/** Whether, and how well, a product's texts have the words of a query. */
import { fold, wordsOf } from './fold';

// Stands before each character that no letter or digit precedes, so that a word's start is found as fast as the word is; no text
// of the catalogue has control characters.
const mark = '\u0001';
const starts = /(?<![\p{L}\p{M}\p{N}])(?=.)/gu;
const marked = (folded: string): string => folded.replace(starts, mark);

/** What is looked through: the folded texts, each between two line breaks. */
export const searchText = (...texts: string[]): string => `\n${texts.map((text) => marked(fold(text))).join('\n')}\n`;

/** A word as texts have it at the start of a word, and anywhere, where that will do. */
interface Pattern {
  start: string;
  anywhere: string | undefined;
}

function patternOf(word: string, anywhere: boolean): Pattern {
  const start = marked(word);
  return { start, anywhere: anywhere ? start.slice(mark.length) : undefined };
}

/** How well a word is met: the less, the better. */
const [atStart, within, inCategory] = [1, 2, 3];

const has = (text: string, { start, anywhere }: Pattern): boolean => text.includes(anywhere ?? start);

/** How well a text has the word, which it is known to have. */
const qualityOf = (text: string, { start, anywhere }: Pattern): number =>
  anywhere === undefined || text.includes(start) ? atStart : within;

export interface Matcher {
  /** Words that every matching text has to have itself, because no category's name has them. */
  needed: string[];
  /** Undefined where a word is missing; the less, the better. 0 where the whole query is a name, SKU or slug. */
  rank(text: string, categoryId: string): number | undefined;
  /** As `rank`, for whoever needs no order. */
  matches(text: string, categoryId: string): boolean;
}

/** For the words of a query, each of which a product has in its own texts or in the name of its category. */
export function matcherOf(query: string, categories: ReadonlyMap<string, string>): Matcher {
  const phrase = `\n${marked(fold(query).trim())}\n`;
  const words = wordsOf(query).map(({ text, anywhere }) => {
    const pattern = patternOf(text, anywhere);
    // Categories are few: which of them have the word is asked once.
    const having = [...categories].flatMap(([id, name]) => (has(name, pattern) ? [id] : []));
    return { pattern, having: new Set(having) };
  });
  const matches = (text: string, categoryId: string) =>
    words.every(({ pattern, having }) => has(text, pattern) || having.has(categoryId));
  const needed = words.filter(({ having }) => having.size === 0);
  return {
    needed: needed.map(({ pattern }) => pattern.anywhere ?? pattern.start),
    matches,
    rank(text, categoryId) {
      // Most texts lack a word, and are done with sooner where nothing else is asked.
      if (!matches(text, categoryId)) return undefined;
      if (text.includes(phrase)) return 0;
      return words.reduce((sum, { pattern }) => sum + (has(text, pattern) ? qualityOf(text, pattern) : inCategory), 0);
    },
  };
}
