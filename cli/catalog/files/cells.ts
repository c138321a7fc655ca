/**
 * Text as cells of a CSV file. One apostrophe goes before whatever a spreadsheet could take for a formula, and before an
 * empty text, which an empty cell would not tell from an absent one; reading takes exactly that one away again.
 */
import { Rejection } from '../rejection';

export type Cells = Readonly<Partial<Record<string, string>>>;

// OWASP, "CSV Injection", with the full-width signs that some spreadsheets normalise; blanks before a sign do not hide it.
// Apostrophes of the text's own count along, so that the one in front is always ours.
const guarded = /^'*(?:$|[\t\r\n]|\s*[=+\-@＝＋－＠])/;

export function toCell(text: string | undefined): string {
  if (text === undefined) return '';
  return guarded.test(text) ? `'${text}` : text;
}

export function fromCell(cell: string): string | undefined {
  if (cell === '') return undefined;
  return cell.startsWith("'") && guarded.test(cell) ? cell.slice(1) : cell;
}

/** Whole numbers alone: what a spreadsheet has made of a long one (1.5E+12) is not the number that was there. */
export function fromDigits(column: string, cell: string | undefined): number | undefined {
  if (cell === undefined) return undefined;
  if (!/^\d+$/.test(cell)) throw new Rejection(`${column}: must be a whole number, in digits alone`);
  return Number(cell);
}
