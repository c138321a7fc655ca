import { currencies, minorDigitsOf } from '../../../src/catalog/currencies';

describe('currencies', () => {
  it('are distinct codes of three capitals', () => {
    expect(currencies.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
    expect(new Set(currencies).size).toBe(currencies.length);
  });

  it.each(['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'KWD', 'XOF', 'VED', 'XCG', 'ZWG'])('have %s', (code) => {
    expect(currencies).toContain(code);
  });

  it.each(['XXX', 'XTS', 'XAU', 'XDR', 'CHE', 'USN', 'HRK', 'BGN', 'ANG', 'CUC', 'SLL', 'ZWL'])('lack %s', (code) => {
    expect(currencies).not.toContain(code);
  });
});

it.each([
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [2, 'EUR USD CHF MGA MRU HUF COP UYU ZWG'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
])('minorDigitsOf is %d for %s', (digits, codes) => {
  for (const code of codes.split(' ')) {
    expect(currencies).toContain(code);
    expect(minorDigitsOf(code)).toBe(digits);
  }
});
