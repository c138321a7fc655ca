import fc from 'fast-check';
import { toMajorUnits, toMinorUnits } from '../../../../../cli/catalog/files/price';
import { currencies } from '../../../../../src/catalog/currencies';

describe('toMinorUnits', () => {
  it.each<[text: string, currency: string, delimiter: ',' | ';' | '\t', amount: number]>([
    ['19.99', 'EUR', ',', 1999],
    ['20', 'EUR', ',', 2000],
    ['20.5', 'EUR', ',', 2050],
    ['0', 'EUR', ',', 0],
    ['0.01', 'EUR', ',', 1],
    ['19,99', 'EUR', ';', 1999],
    ['1.234,50', 'EUR', ';', 123_450],
    ['1,234.50', 'EUR', ',', 123_450],
    ['1.234.567,89', 'EUR', ';', 123_456_789],
    ['1.234.567', 'EUR', ';', 123_456_700],
    ["1'234.50", 'CHF', ';', 123_450],
    ['1 234,50', 'EUR', ';', 123_450],
    ['1\u00a0234\u00a0567,5', 'EUR', ';', 123_456_750],
    // What can be read in one way alone is, whatever the file is separated by.
    ['19,99', 'EUR', ',', 1999],
    ['19.99', 'EUR', ';', 1999],
    ['19,99', 'EUR', '\t', 1999],
    ['19.99', 'EUR', '\t', 1999],
    ['20', 'JPY', ',', 20],
    ['1.234', 'BHD', ',', 1234],
    ['1,234', 'BHD', ';', 1234],
    ['0.500', 'BHD', '\t', 500],
    ['1234.500', 'BHD', ';', 1_234_500],
    ['12', 'BHD', ',', 12_000],
    ['10000000000', 'EUR', ',', 1e12],
    // Floats make 1 less of it.
    ['90071992.57', 'EUR', ',', 9_007_199_257],
    ['1.15', 'EUR', ',', 115],
  ])('reads %j %s in a file separated by %j as %d', (text, currency, delimiter, amount) => {
    expect(toMinorUnits(text, currency, delimiter)).toBe(amount);
  });

  it.each<[text: string, currency: string, delimiter: ',' | ';' | '\t', reason: string]>([
    ['19.999', 'EUR', ',', 'price: has 3 decimals, and EUR has 2'],
    ['1.234', 'EUR', ',', 'price: has 3 decimals, and EUR has 2'],
    ['19.9900', 'EUR', ',', 'price: has 4 decimals, and EUR has 2'],
    ['19.50', 'JPY', ',', 'price: has 2 decimals, and JPY has none'],
    ['1.2345', 'BHD', ',', 'price: has 4 decimals, and BHD has 3'],
    ['1.234', 'EUR', ';', 'price: 1.234 can be 1234 or 1,234: write no sign between thousands'],
    ['1,234', 'EUR', ',', 'price: 1,234 can be 1234 or 1.234: write no sign between thousands'],
    ['1,234', 'EUR', '\t', 'price: 1,234 can be 1234 or 1.234: write no sign between thousands'],
    ['1.234', 'BHD', '\t', 'price: 1.234 can be 1234 or 1,234: write no sign between thousands'],
    ['10000000000.01', 'EUR', ',', 'price: must be at most 10000000000.00 EUR'],
    ['10000000000,01', 'EUR', ';', 'price: must be at most 10000000000,00 EUR'],
    ['1000000000001', 'JPY', ',', 'price: must be at most 1000000000000 JPY'],
    ...['-5', '€5', '5 EUR', '5.', '.5', '1e3', '1.23,4.5', '1,23,456', '1.234,567,8', 'free', '٣', '9'.repeat(41)].map(
      (text): [string, string, ',', string] => [text, 'EUR', ',', 'price: must be a number such as 19.99, without a'],
    ),
  ])('refuses %j %s in a file separated by %j: %s', (text, currency, delimiter, reason) => {
    expect(() => toMinorUnits(text, currency, delimiter)).toThrow(expect.objectContaining({ name: 'Failure' }));
    expect(() => toMinorUnits(text, currency, delimiter)).toThrow(reason);
  });

  it.each([',', ';'] as const)('gives back what toMajorUnits has written to a file separated by %j', (delimiter) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom(...currencies), (amount, currency) => {
        expect(toMinorUnits(toMajorUnits(amount, currency, delimiter), currency, delimiter)).toBe(amount);
      }),
    );
  });
});

it.each([
  [1999, 'EUR', ',', '19.99'],
  [2000, 'EUR', ';', '20,00'],
  [5, 'EUR', ',', '0.05'],
  [0, 'EUR', ',', '0.00'],
  [20, 'JPY', ',', '20'],
  [1234, 'BHD', ',', '1.234'],
  [1e12, 'EUR', ',', '10000000000.00'],
] as const)('toMajorUnits writes %d %s to a file separated by %j as %s', (amount, currency, delimiter, text) => {
  expect(toMajorUnits(amount, currency, delimiter)).toBe(text);
});
