/** Prices as people write them, in major units, and exactly what they are in minor units: 19.99 EUR is 1999. No floats. */
import { minorDigitsOf } from '../../../src/catalog/currencies';
import { Rejection } from '../rejection';
import type { Delimiter } from './cells';

/** The decimal sign in a file with this delimiter, if that can be told. */
const decimalSigns: Readonly<Record<Delimiter, string | undefined>> = { ',': '.', ';': ',', '\t': undefined };

const most = 10n ** 12n;
// In characters. Longer texts are not tried, because they would take long to read.
const longest = 40;

// Digits with or without a sign between thousands, and decimals or none.
const readings = {
  fraction: /^(\d+|[1-9]\d{0,2}(?:([.,'’ \u00a0\u202f])\d{3})(?:\2\d{3})*)([.,])(\d+)$/,
  whole: /^(\d+|[1-9]\d{0,2}(?:([.,'’ \u00a0\u202f])\d{3})(?:\2\d{3})*)$/,
};

/**
 * A sign before exactly three digits can stand between thousands or before decimals: it is read as the decimal sign of the
 * file, and refused where it is the other one. Throws `Rejection` for what is no price, or not exactly one in this currency.
 */
export function toMinorUnits(text: string, currency: string, delimiter: Delimiter): number {
  if (text.length > longest) throw notANumber();
  const [, units = '', between, decimalSign, decimals = ''] = readings.fraction.exec(text) ?? [];
  const isFraction = decimalSign !== undefined && between !== decimalSign;
  const isWhole = readings.whole.test(text);
  if (!isFraction && !isWhole) throw notANumber();
  if (isFraction && isWhole && decimalSign !== decimalSigns[delimiter]) {
    const thousands = text.replace(/\D/g, '');
    throw new Rejection(
      `price: ${text} can be ${thousands} or ${units}${decimalSign === '.' ? ',' : '.'}${decimals}: write no sign between thousands`,
    );
  }
  const digits = minorDigitsOf(currency);
  const [whole, fraction] = isFraction ? [units.replace(/\D/g, ''), decimals] : [text.replace(/\D/g, ''), ''];
  if (fraction.length > digits) {
    throw new Rejection(
      `price: has ${fraction.length} decimals, and ${currency} has ${digits === 0 ? 'none' : digits}`,
    );
  }
  const amount = BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
  if (amount > most)
    throw new Rejection(`price: must be at most ${toMajorUnits(Number(most), currency, delimiter)} ${currency}`);
  return Number(amount);
}

const notANumber = () => new Rejection('price: must be a number such as 19.99, without a sign of currency');

/** With all of the currency's decimals: 2000 EUR is 20.00. */
export function toMajorUnits(amount: number, currency: string, delimiter: Delimiter = ','): string {
  const digits = minorDigitsOf(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}${decimalSigns[delimiter] ?? '.'}${text.slice(-digits)}`;
}
