/**
 * Text as cells of a CSV file. No spreadsheet shall take any of it for a formula, whatever it is told to split the file at: an
 * apostrophe goes wherever a cell could begin with the sign of one, and before what would read as something else than text.
 * Reading takes exactly these away again.
 */
import { stringify } from 'csv-stringify/sync';
import { Rejection } from '../rejection';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What the cells of a row say, by column; an empty cell says nothing. */
export type Cells = Readonly<Partial<Record<string, string>>>;

/**
 * For what has a syntax of its own: without blanks around it, and without the marks that nobody sees, such as a soft hyphen, which
 * text from web pages and mails brings along.
 */
export const plain = (cells: Cells): Cells =>
  Object.fromEntries(
    Object.entries(cells).map(([column, cell = '']) => [
      column,
      cell.replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim(),
    ]),
  );

/** In a cell, clears its field; an empty cell leaves it as it is. */
const clearMark = '[clear]';
export const isBlank = (cell: string) => cell.trim() === '';
const isClearMark = (cell: string) => cell.includes(']') && cell.trim().toLowerCase() === clearMark;

// As spreadsheets write them in place of a result, or of what their column has no room for: #NAME?, in French #NOM?, in Spanish
// #¿NOMBRE?, in LibreOffice's French #NOM ?. Their words differ by language and become more, their shape does not.
const failedFormula = String.raw`#[¡¿]?\p{Lu}[\p{Lu}/0_]*\s?[!?]|#\p{Lu}/\p{Lu}|#NV|###+|Err\s?:5\d\d`;
const failure = new RegExp(String.raw`^\s*(?:${failedFormula})\s*$`, 'u');
const quotedFailure = new RegExp(String.raw`^'*\s*(?:${failedFormula})\s*$`, 'u');

/** Whether a spreadsheet has put this in place of what was there. */
export const isFailedFormula = (cell: string): boolean => failure.test(cell);

// OWASP, "CSV Injection", with the full-width signs that some spreadsheets normalise. What spreadsheets pass over at the
// beginning of a cell does not hide the sign; apostrophes of the text's own count along, so that the one in front is always ours.
const passedOver = String.raw`(?:[^\S\t\r\n]|["'])*`;
const sign = String.raw`[=+\-@＝＋－＠\t\r]`;
const opening = new RegExp(String.raw`^(?:'*\s*(?:\[clear\]\s*)?$|${passedOver}(?:${sign}|\n))`, 'i');
const readsOtherwise = (text: string) => opening.test(text) || quotedFailure.test(text);
// Within a text, cells begin where the file is split at another delimiter, and at line breaks, as its quotes are none there.
const inside = new RegExp(String.raw`([,;\t\r\n])(?=${passedOver}${sign})`, 'g');
const guardedInside = new RegExp(String.raw`([,;\t\r\n])'(?=${passedOver}${sign})`, 'g');

const guard = (text: string) => `${readsOtherwise(text) ? "'" : ''}${text.replace(inside, "$1'")}`;

function unguard(cell: string): string {
  // Of nearly every cell there is nothing to take away.
  if (!cell.includes("'")) return cell;
  // First within it, as the guards there hide what `guard` saw at the beginning.
  const text = cell.replace(guardedInside, '$1');
  return text.startsWith("'") && readsOtherwise(text) ? text.slice(1) : text;
}

export const toCell = (text: string | undefined): string => (text === undefined ? '' : guard(text));

/** `null` where the field is to be cleared. */
export function fromCell(cell: string): string | null | undefined {
  if (isBlank(cell)) return undefined;
  return isClearMark(cell) ? null : unguard(cell);
}

/** A cell of somebody else's file as it may stand in one of ours: `fromCell` makes the same of both. */
export const safeCell = (cell: string): string =>
  isBlank(cell) || isClearMark(cell) || isFailedFormula(cell) ? cell : guard(unguard(cell));

/** How files are read: with any line ends, and with rows that are not as they should be, so that the following ones come out. */
export const csvSyntax = (delimiter: Delimiter) => ({
  delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
});

/** One line of a file; quoted is what any delimiter could split. */
export const toLine = (cells: readonly string[], delimiter: Delimiter): string =>
  stringify([[...cells]], { delimiter, quoted_match: /[,;\t\r\n]|^\s|\s$/ });

/** Whole numbers alone: what a spreadsheet has made of a long one (1.5E+12) is not the number that was there. */
export function fromDigits(column: string, cell: string | undefined): number | undefined {
  if (cell === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cell)) throw new Rejection(`${column}: must be a whole number, in digits alone`);
  return Number(cell);
}
