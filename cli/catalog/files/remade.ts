/** What spreadsheets make of a SKU that they take for a date or a number: of 1-2, or of 1230000000000. */
import { Rejection } from '../rejection';

// In English and German; in French, Spanish, Italian and Dutch, but for the Italian set, which is more likely a set of something.
const months = [
  ...[
    'Jan',
    'Feb',
    'Mar',
    'Mär',
    'Mrz',
    'Apr',
    'May',
    'Mai',
    'Jun',
    'Jul',
    'Aug',
    'Sep',
    'Oct',
    'Okt',
    'Nov',
    'Dec',
    'Dez',
  ],
  ...['janv', 'févr', 'mars', 'avr', 'mai', 'juin', 'juil', 'août', 'sept', 'oct', 'nov', 'déc'],
  ...['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'dic', 'gen', 'apr', 'mag', 'giu', 'lug', 'ott'],
  ...['jan', 'mrt', 'mei', 'aug', 'okt', 'dec'],
];
const month = `(?:${months.join('|')})`;
const number = String.raw`\d{1,2}`;
const date = new RegExp(
  String.raw`^(?:${number}([./-])${number}\1\d{4}|\d{4}-\d\d-\d\d|${number}(?:-|\. ?)${month}\.?(?:-\d{2,4})?|${month}\.?[- ]\d{2,4}|${number}月${number}日)$`,
);
const shortened = /^\d(?:[.,]\d+)?E\+\d+$/;

/**
 * Throws `Rejection` for a text that more likely a spreadsheet has written than a person: nobody can tell which SKU was
 * there before.
 */
export function refuseRemade(column: string, text: string): void {
  const kind = date.test(text) ? 'a date' : shortened.test(text) ? 'a number' : undefined;
  if (kind === undefined) return;
  throw new Rejection(
    `${column}: "${text}" looks like ${kind} that a spreadsheet has made of it: format the column as text and write it anew, or, if it is meant, import it from JSON`,
  );
}
