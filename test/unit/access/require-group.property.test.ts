/** Whatever groups there are, a caller is let in exactly when one name equals a required one. */
import fc from 'fast-check';
import { callerFrom } from '../../../src/access/caller';
import { requireGroup } from '../../../src/access/require-group';
import { ApplicationError } from '../../../src/errors';

/** What Cognito accepts in the name of a group. */
const permitted = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]$/u;
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...Array.from(',[]"\'\\{}()admin')) },
  { weight: 4, arbitrary: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)) },
  { weight: 2, arbitrary: fc.integer({ min: 0xa1, max: 0x1ffff }).map((code) => String.fromCodePoint(code)) },
);
const anyName = fc.string({ unit: character.filter((one) => permitted.test(one)), minLength: 1, maxLength: 128 });

/** `admin` and what comes close to it: cased, joined, wrapped, repeated. */
const nearAdmin = fc.oneof(
  fc.constantFrom('admin', 'Admin', 'ADMIN', 'administrators', 'notadmin', 'x,admin', 'admin,x', 'аdmin', 'ａｄｍｉｎ'),
  fc
    .tuple(
      fc.constantFrom('', '[', '"', "'", ',', '[['),
      fc.constantFrom('admin', 'user'),
      fc.constantFrom('', ']', '"', "'", ',', ']]'),
    )
    .map((parts) => parts.join('')),
);
const name = fc.oneof(anyName, nearAdmin);
const names = fc.array(name, { maxLength: 6 });

/** The claim as a list, and as API Gateway flattens it. */
const shapes: [string, (groups: string[]) => unknown][] = [
  ['a list', (groups) => groups],
  ['one flattened string', (groups) => `[${groups.join(' ')}]`],
];

function isLetIn(claim: unknown, required: [string, ...string[]]): boolean {
  const claims = { sub: 'user-1', token_use: 'access', 'cognito:groups': claim };
  try {
    requireGroup(...required)(callerFrom({ jwt: { claims } }));
    return true;
  } catch (error) {
    if (error instanceof ApplicationError && error.code === 'forbidden') return false;
    throw error;
  }
}

describe.each(shapes)('requireGroup, with groups as %s', (_, toClaim) => {
  it('lets in exactly who has a group named admin', () => {
    fc.assert(
      fc.property(names, (groups) => isLetIn(toClaim(groups), ['admin']) === groups.some((group) => group === 'admin')),
      { numRuns: 2_000 },
    );
  });

  it('lets in exactly who has one of several required groups', () => {
    fc.assert(
      fc.property(names, name, fc.array(name, { maxLength: 3 }), (groups, first, rest) => {
        const expected = groups.some((group) => [first, ...rest].some((required) => required === group));
        return isLetIn(toClaim(groups), [first, ...rest]) === expected;
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the required group wherever it stands', () => {
    fc.assert(
      fc.property(names, name, names, (before, required, after) =>
        isLetIn(toClaim([...before, required, ...after]), [required]),
      ),
    );
  });
});
