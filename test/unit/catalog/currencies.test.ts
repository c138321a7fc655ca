import { currencies } from '../../../src/catalog/currencies';

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
