import { majorText, minorAmount, showPrice } from '../../../console/ui/price';
import { currencies, minorDigitsOf } from '../../../src/catalog/currencies';
import { readIn } from '../../support/reader-language';

beforeEach(() => readIn('en'));
afterEach(() => jest.restoreAllMocks());

it.each([...currencies])('shows %s with as many decimals as the API counts', (currency) => {
  const decimals = minorDigitsOf(currency);
  expect(showPrice({ amount: 123_456, currency })).toContain(
    decimals === 0 ? '123,456' : `.${'123456'.slice(-decimals)}`,
  );
});

it.each([
  ['19.99', 'EUR', 1999],
  ['19,99', 'EUR', 1999],
  ['19.9', 'EUR', 1990],
  [' 19 ', 'EUR', 1900],
  ['0.07', 'EUR', 7],
  ['1999', 'JPY', 1999],
  ['1.999', 'KWD', 1999],
  ['1,99', 'KWD', 1990],
  ['10000000000', 'EUR', 1e12],
])('takes %j %s for %i minor units', (typed, currency, amount) => {
  expect(minorAmount(typed, currency)).toBe(amount);
});

it.each([
  ['', 'EUR'],
  ['19.999', 'EUR'],
  ['19.9', 'JPY'],
  ['-1', 'EUR'],
  ['1e3', 'EUR'],
  ['1.', 'EUR'],
  ['.5', 'EUR'],
  ['1 000', 'EUR'],
  ['1,000.00', 'EUR'],
  ['1,299', 'KWD'],
  ['€1', 'EUR'],
])('takes %j for no amount of %s', (typed, currency) => {
  expect(minorAmount(typed, currency)).toBeUndefined();
});

it.each([
  [0, 'EUR', '0.00'],
  [7, 'EUR', '0.07'],
  [1999, 'JPY', '1999'],
  [1999, 'KWD', '1.999'],
])('writes %i minor units of %s as %s, and reads it so', (amount, currency, text) => {
  expect(majorText({ amount, currency })).toBe(text);
  expect(minorAmount(text, currency)).toBe(amount);
});
