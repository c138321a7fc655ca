/** Only what the configured authorizer has left in the context counts, whatever else is there. */
import fc from 'fast-check';
import { callerFrom } from '../../../src/access/caller';
import { accessToken } from '../../support/events';

/** What each authorizer says about a caller of its own: none of the three is to be mistaken for another. */
const words = {
  jwt: accessToken(['admin'], 'jwt-user').jwt,
  lambda: { sub: 'lambda-user', groups: '["admin"]' },
  iam: {
    userArn: 'arn:aws:sts::123456789012:assumed-role/catalog-admin/CognitoIdentityCredentials',
    cognitoIdentity: { amr: ['authenticated', 'pool', 'pool:CognitoSignIn:iam-user'] },
  },
};

const authorizers = ['jwt', 'lambda', 'iam'] as const;
const gatekeeper = (authorizer: (typeof authorizers)[number]) => ({ authorizer, groupRolePrefix: 'catalog' });

describe.each(authorizers)('callerFrom, where the authorizer is %s', (authorizer) => {
  const own = { sub: `${authorizer}-user`, groups: ['admin'] };
  const others = Object.fromEntries(Object.entries(words).filter(([name]) => name !== authorizer));

  it('answers its caller when all three are there', () => {
    expect(callerFrom(words, gatekeeper(authorizer))).toEqual(own);
  });

  it('knows nobody when only the others are there', () => {
    expect(callerFrom(others, gatekeeper(authorizer))).toBeUndefined();
    for (const [name, word] of Object.entries(others)) {
      expect(callerFrom({ [name]: word }, gatekeeper(authorizer))).toBeUndefined();
    }
  });

  it('knows nobody when its place has the word of another', () => {
    for (const word of Object.values(others)) {
      expect(callerFrom({ ...others, [authorizer]: word }, gatekeeper(authorizer))).toBeUndefined();
    }
  });

  it('never looks at the others', () => {
    const trap = (name: string) => ({
      get: () => {
        throw new Error(`${name} was looked at`);
      },
      enumerable: true,
    });
    const traps = Object.fromEntries(Object.keys(others).map((name) => [name, trap(name)]));
    const context = Object.defineProperties({ [authorizer]: words[authorizer] }, traps);
    expect(callerFrom(context, gatekeeper(authorizer))).toEqual(own);
  });

  it('knows nobody when its word is broken, whatever the others say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (broken) => {
        expect(callerFrom({ ...words, [authorizer]: broken }, gatekeeper(authorizer))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
