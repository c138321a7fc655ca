/** Prices: kept in minor units, shown and typed in major ones. */

import { minorDigitsOf } from '../../src/catalog/currencies';

export interface Price {
  amount: number;
  currency: string;
}

/** What it is in major units, as the reader's language writes it: with the API's decimals, which `Intl` has other ones for. */
export function showPrice({ amount, currency }: Price): string {
  const digits = minorDigitsOf(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...decimals }).format(amount / 10 ** digits);
}

/** Before the decimals, in the reader's language. */
export const separator = (): ',' | '.' => (new Intl.NumberFormat().format(0.5).includes(',') ? ',' : '.');

/** As typed into a form: `19.99`, or `19,99` where the reader's language has it so. */
export const majorText = ({ amount, currency }: Price): string =>
  (amount / 10 ** minorDigitsOf(currency)).toFixed(minorDigitsOf(currency)).replace('.', separator());

/**
 * The minor units of a typed amount, with a point or a comma; undefined for what is none in this currency, or may be a thousand
 * times as much: `1,299` where the language has a point before decimals.
 */
export function minorAmount(typed: string, currency: string): number | undefined {
  const [, whole = '', between, fraction = ''] = /^(\d{1,13})(?:([.,])(\d+))?$/.exec(typed.trim()) ?? [];
  const decimals = minorDigitsOf(currency);
  const maySeparateThousands = between !== undefined && between !== separator() && fraction.length === 3;
  if (whole === '' || fraction.length > decimals || maySeparateThousands) return undefined;
  return Number(whole + fraction.padEnd(decimals, '0'));
}

/** The API's, which says it in minor units. */
const mostAmount = 1e12;

/** Why what is typed is no amount that a product can have in this currency; undefined where it is one. */
export function amountFault(typed: string, currency: string): string | undefined {
  const amount = minorAmount(typed, currency);
  if (amount === undefined) return `Type an amount of ${currency}, such as ${majorText({ amount: 1999, currency })}`;
  return amount > mostAmount ? `Type at most ${majorText({ amount: mostAmount, currency })} ${currency}` : undefined;
}
