/** What spreadsheets make of a SKU that they take for a date or a number: of 1-2, or of 1230000000000. */
import { sku as skuRule } from '../../../src/catalog/product-parameters';
import { Rejection } from '../rejection';

// In English and German; in French, Spanish, Italian and Dutch, but for the Italian set, which is more likely a set of something.
const months = [
  'Jan|Feb|Mar|Mär|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez',
  'janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc',
  'ene|feb|mar|abr|may|jun|jul|ago|sep|dic|gen|apr|mag|giu|lug|ott|jan|mrt|mei|aug|okt|dec',
];
const month = `(?:${months.join('|')})`;
const number = String.raw`\d{1,2}`;
const date = new RegExp(
  String.raw`^(?:${number}([./-])${number}\1\d{4}|\d{4}-\d\d-\d\d|${number}(?:-|\. ?)${month}\.?(?:-\d{2,4})?|${month}\.?[- ]\d{2,4}|${number}月${number}日)$`,
);
const shortened = /^\d(?:[.,]\d+)?E\+\d+$/;

/**
 * Throws `Rejection` for a text that more likely a spreadsheet has written than a person: nobody can tell which SKU was
 * there before. `isKnown` says that the text may be a SKU all the same, as one in a row with a version.
 */
export function refuseRemade(text: string, isKnown: boolean): void {
  const kind = date.test(text) ? 'a date' : shortened.test(text) ? 'a number' : undefined;
  const canBeMeant = skuRule.safeParse(text).success;
  if (kind === undefined || (canBeMeant && isKnown)) return;
  throw new Rejection(
    `sku: "${text}" looks like ${kind} that a spreadsheet has made of it: format the column as text and write it anew${canBeMeant ? ', or, if it is meant, import it from JSON' : ''}`,
  );
}
