/** Unicode normalisation of text from outside, whose cost grows with the square of the longest run of combining marks. */

// As many as the Stream-Safe Text Format allows (Unicode Standard Annex 15, section 13); no language comes near that.
const longestRun = 30;
// Looked for where a run begins, and not once more at each mark of it.
const longerRun = new RegExp(`(?<!\\p{M})\\p{M}{${longestRun + 1}}`, 'u');

/** Why text with more marks in a row is refused, as its sender is told. */
export const tooManyMarks = `must not have more than ${longestRun} combining marks in a row`;

/** Whether `toNfc` takes no longer than text of its length should. */
export const isQuicklyNormalized = (text: string): boolean => !longerRun.test(text);

/** Only for text that `isQuicklyNormalized`. */
export const toNfc = (text: string): string => text.normalize('NFC');
