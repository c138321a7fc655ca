/** Whatever is sent as a token, it is a good one of the pool or it is refused: never a caller by accident, never another error. */
import fc from 'fast-check';
import { inspect } from 'node:util';
import { accessTokenVerifier, TokenRefusal, type TokenVerifier } from '../../../src/access/token-verifier';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { expectNothingOf } from '../../support/token-leaks';
import { accessClaims, sign } from '../../support/tokens';

let keyServer: KeyServer;
let verify: TokenVerifier;
beforeAll(async () => {
  keyServer = await startKeyServer();
  verify = accessTokenVerifier(keyServer.pool);
  await verify(sign(accessClaims(keyServer.stack, [])));
});
afterAll(() => keyServer.stop());

async function expectRefusal(token: string): Promise<void> {
  const error: unknown = await verify(token).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TokenRefusal);
  if (token.length >= 20) expectNothingOf(inspect(error, { depth: Infinity, showHidden: true }), token);
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

const memberName = fc.constantFrom(
  'alg',
  'kid',
  'crit',
  'b64',
  'jwk',
  'iss',
  'exp',
  'iat',
  'nbf',
  'aud',
  'sub',
  '__proto__',
);
const members = fc.dictionary(fc.oneof(memberName, fc.string()), fc.jsonValue());
const signature = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  fc.constantFrom('', 'A', '=', 'AA==', 'A'.repeat(342)),
);

/** The place of a character, and what is done there. */
const edit = fc.record({
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  remove: fc.integer({ min: 0, max: 3 }),
  insert: fc.oneof(fc.constantFrom('', '.', '=', 'A', 'e', '-', '_', '+', '/', ' ', '\n', '\0', 'é'), fc.string()),
});

function mutate(token: string, { place, remove, insert }: { place: number; remove: number; insert: string }): string {
  const index = Math.floor(place * (token.length + 1));
  return token.slice(0, index) + insert + token.slice(index + remove);
}

describe('accessTokenVerifier', () => {
  it('refuses any text', async () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.base64String(),
      fc.array(fc.string(), { maxLength: 5 }).map((parts) => parts.join('.')),
      fc.array(fc.base64String(), { minLength: 3, maxLength: 3 }).map((parts) => parts.join('.')),
    );
    await fc.assert(fc.asyncProperty(text, expectRefusal), { numRuns: rounds(1_000) });
  });

  it('refuses any header and any claims that are not signed', async () => {
    const unsigned = fc.tuple(members, members, fc.boolean(), signature).map(([header, claims, close, signed]) => {
      const right = accessClaims(keyServer.stack, ['admin']);
      const whole = close ? { ...right, ...claims, iss: right.iss } : claims;
      return `${encode({ alg: 'RS256', kid: 'CognitoLocal', ...header })}.${encode(whole)}.${signed}`;
    });
    await fc.assert(fc.asyncProperty(unsigned, expectRefusal), { numRuns: rounds(1_000) });
  });

  it('refuses a good token that is changed anywhere', async () => {
    const good = sign(accessClaims(keyServer.stack, ['admin']));
    const changed = fc
      .array(edit, { minLength: 1, maxLength: 4 })
      .map((edits) => edits.reduce(mutate, good))
      .filter((token) => token !== good);
    await fc.assert(fc.asyncProperty(changed, expectRefusal), { numRuns: rounds(1_000) });
  });

  it('refuses well-signed claims that lack any of those it asks for', async () => {
    const needed = fc.constantFrom('sub', 'iss', 'client_id', 'token_use', 'iat', 'exp');
    const wrong = fc.jsonValue().filter((value) => typeof value !== 'string' && typeof value !== 'number');
    await fc.assert(
      fc.asyncProperty(members, needed, fc.option(wrong, { nil: undefined }), async (others, name, value) => {
        const claims = { ...others, ...accessClaims(keyServer.stack, ['admin']), [name]: value };
        await expectRefusal(sign(claims));
      }),
      { numRuns: rounds(300) },
    );
  });

  it('answers exactly the groups of a good token, whatever else it claims', async () => {
    await fc.assert(
      fc.asyncProperty(members, fc.array(fc.string()), async (others, groups) => {
        const claims = { ...accessClaims(keyServer.stack, []), 'cognito:groups': groups };
        const token = sign({ ...others, ...claims, nbf: undefined, aud: undefined, scope: undefined, jti: undefined });
        await expect(verify(token)).resolves.toEqual({ sub: 'c0ffee00-0000-4000-8000-000000000000', groups });
      }),
      { numRuns: rounds(300) },
    );
  });
});
