/** What the Lambda authorizer says of a caller is what the handler reads, and whom it allows the handler lets in. */
import fc from 'fast-check';
import { callerFrom } from '../../../src/access/caller';
import { lambdaAuthorizer } from '../../../src/access/lambda-authorizer';
import { requireGroup } from '../../../src/access/require-group';
import { accessTokenVerifier } from '../../../src/access/token-verifier';
import { question } from '../../support/authorizer-question';
import { rounds } from '../../support/depth';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { accessClaims, sign } from '../../support/tokens';

/** What Cognito accepts in the name of a group. */
const permitted = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]$/u;
const character = fc.oneof(
  fc.constantFrom(...Array.from(',[]"\'\\{}()admin')),
  fc.integer({ min: 0x21, max: 0x1ffff }).map((code) => String.fromCodePoint(code)),
);
const groupName = fc.oneof(
  fc.string({ unit: character.filter((one) => permitted.test(one)), minLength: 1, maxLength: 128 }),
  fc.constantFrom('admin', 'Admin', 'x,admin', '[admin]', '"admin"', 'admin]'),
);
const groupNames = fc.array(groupName, { maxLength: 6 });

let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer();
});
afterAll(() => keyServer.stop());

/** The context as it arrives: API Gateway passes it on as JSON. */
const passOn = (context: object): unknown => JSON.parse(JSON.stringify({ lambda: context }));

const gatekeeper = { authorizer: 'lambda', groupRolePrefix: 'catalog' } as const;

describe('lambdaAuthorizer', () => {
  it('allows exactly who is in one of the groups, and the handler reads exactly that caller', async () => {
    const verify = accessTokenVerifier(keyServer.pool);
    const sub = fc.string({ unit: 'grapheme', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(sub, groupNames, groupName, async (user, groups, required) => {
        const token = sign({ ...accessClaims(keyServer.stack, groups), sub: user });
        const authorize = lambdaAuthorizer({ 'GET /things': [required, 'admin'] }, verify);
        const answer = await authorize(question('GET /things', `Bearer ${token}`));
        expect(answer.isAuthorized).toBe(groups.some((group) => group === required || group === 'admin'));
        if (!answer.isAuthorized) return;
        const caller = callerFrom(passOn(answer.context), gatekeeper);
        expect(caller).toEqual({ sub: user, groups });
        expect(requireGroup(required, 'admin')(caller)).toBe(caller);
      }),
      { numRuns: rounds(500) },
    );
  });

  it('says of a caller only texts, which is all that API Gateway passes on', async () => {
    const authorize = lambdaAuthorizer({ 'GET /things': ['admin'] }, accessTokenVerifier(keyServer.pool));
    const answer = await authorize(question('GET /things', sign(accessClaims(keyServer.stack, ['admin']))));
    expect(answer).toEqual({ isAuthorized: true, context: { sub: expect.any(String), groups: '["admin"]' } });
  });
});
