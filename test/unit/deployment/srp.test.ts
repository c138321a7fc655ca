import * as fc from 'fast-check';
import { power, prime } from '../../../deployment/srp';
import { rounds } from '../../support/depth';

/** By squaring, as it is taught. */
function powerBySquaring(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const half = powerBySquaring(base, exponent / 2n);
  return (half * half * (exponent % 2n === 0n ? 1n : base)) % prime;
}

const below = (bits: bigint) => fc.bigInt(0n, 2n ** bits - 1n);

describe('power', () => {
  it('is the power of any base, also of one above the prime', () => {
    fc.assert(
      fc.property(below(3100n), below(800n), (base, exponent) => {
        expect(power(base, exponent)).toBe(powerBySquaring(base % prime, exponent));
      }),
      { numRuns: rounds(20) },
    );
  });

  it.each([
    ['0', 0n, 0n],
    ['1', 1n, 1n],
    ['-1', prime - 1n, prime - 1n],
    ['the prime', prime, 0n],
  ])('is that of %s, to an odd exponent', (_, base, expected) => {
    expect(power(base, 5n)).toBe(expected);
  });

  it('is 1 for the exponent 0', () => {
    expect(power(2n, 0n)).toBe(1n);
  });
});
