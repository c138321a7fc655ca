/** Signing in at the local pool: by SRP as the commands do it, by password, by refresh token; and all that is refused. */
import { beginSrp, prime } from '../../../../deployment/srp';
import { accessTokenVerifier } from '../../../../src/access/token-verifier';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

let pool: LocalPool;
const email = 'sign-in@example.com';
let sub: string;
beforeAll(async () => {
  pool = await startLocalPool();
  sub = await pool.join(email);
});
afterAll(() => pool.stop());

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** The first step of a sign-in by SRP, and what answers the second one. */
async function begin(name = email, secret = password) {
  const srp = beginSrp(pool.userPoolId, secret);
  const { ChallengeName, ChallengeParameters } = await pool.client('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: name, SRP_A: srp.SRP_A },
  });
  return { ChallengeName, ChallengeParameters, answer: (now?: Date) => srp.answer(ChallengeParameters, now) };
}
const second = (ChallengeResponses: object) => ({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses });
const incorrect = 'NotAuthorizedException: Incorrect username or password.';

describe('USER_SRP_AUTH', () => {
  it('gives tokens with the claims of Cognito', async () => {
    const { ChallengeName, answer } = await begin('SIGN-IN@example.com');
    expect(ChallengeName).toBe('PASSWORD_VERIFIER');
    const { AuthenticationResult } = await pool.client('RespondToAuthChallenge', second(answer()));
    expect(AuthenticationResult).toEqual({
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
      RefreshToken: expect.any(String),
      ExpiresIn: 900,
      TokenType: 'Bearer',
    });
    const { cognitoUrl, userPoolId, clientId } = pool;
    const iss = `${cognitoUrl}/${userPoolId}`;
    const access = claimsOf(AuthenticationResult.AccessToken);
    const exp = Number(access.iat) + 900;
    const uuid = expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    const shared = { sub, iss, origin_jti: uuid, event_id: uuid, jti: uuid, auth_time: access.iat, iat: access.iat };
    expect(access).toEqual({
      ...shared,
      token_use: 'access',
      client_id: clientId,
      scope: 'aws.cognito.signin.user.admin',
      username: sub,
      exp,
    });
    expect(claimsOf(AuthenticationResult.IdToken)).toEqual({
      ...shared,
      token_use: 'id',
      aud: clientId,
      email,
      email_verified: true,
      'cognito:username': sub,
      exp,
    });
    expect(await accessTokenVerifier({ issuer: iss, clientIds: [clientId] })(AuthenticationResult.AccessToken)).toEqual(
      {
        sub,
        groups: [],
      },
    );
  });

  it('takes a proof once', async () => {
    const proof = second((await begin()).answer());
    await pool.client('RespondToAuthChallenge', proof);
    expect(await pool.refusal('RespondToAuthChallenge', proof)).toBe(incorrect);
  });

  it.each<[string, () => Promise<object>]>([
    ['with a wrong password', async () => (await begin(email, 'Wrong-pass-1234')).answer()],
    ['for an unknown user', async () => (await begin('nobody@example.com')).answer()],
    ['made six minutes ago', async () => (await begin()).answer(new Date(Date.now() - 6 * 60_000))],
    ['for another name', async () => ({ ...(await begin()).answer(), USERNAME: 'nobody@example.com' })],
    [
      'of another sign-in',
      async () => ({
        ...(await begin()).answer(),
        PASSWORD_CLAIM_SECRET_BLOCK: (await begin()).ChallengeParameters.SECRET_BLOCK,
      }),
    ],
    [
      'with a block that was never sent',
      async () => ({ ...(await begin()).answer(), PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' }),
    ],
  ])('refuses a proof %s', async (_, answer) => {
    expect(await pool.refusal('RespondToAuthChallenge', second(await answer()))).toBe(incorrect);
  });

  it.each([
    ['zero', '0'],
    ['the prime', prime.toString(16)],
    ['twice the prime', (2n * prime).toString(16)],
    ['no number', 'xyz'],
  ])('refuses a key that is %s, with which anybody would know the secret', async (_, SRP_A) => {
    const AuthParameters = { USERNAME: email, SRP_A };
    expect(await pool.refusal('InitiateAuth', { AuthFlow: 'USER_SRP_AUTH', AuthParameters })).toMatch(
      /^InvalidParameterException/,
    );
  });

  it('asks the same of an unknown user as of a known one, and the same at each try', async () => {
    const [first, again] = [await begin('ghost@example.com'), await begin('GHOST@example.com')];
    const { ChallengeParameters: known } = await begin();
    for (const { ChallengeParameters: unknown } of [first, again]) {
      expect(Object.keys(unknown)).toEqual(Object.keys(known));
      expect(unknown.USER_ID_FOR_SRP).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
      expect(unknown.SALT).toHaveLength(known.SALT.length);
    }
    expect(again.ChallengeParameters.USER_ID_FOR_SRP).toBe(first.ChallengeParameters.USER_ID_FOR_SRP);
    expect(again.ChallengeParameters.SALT).toBe(first.ChallengeParameters.SALT);
    expect(again.ChallengeParameters.SRP_B).not.toBe(first.ChallengeParameters.SRP_B);
  });
});

describe('InitiateAuth', () => {
  it.each(['CUSTOM_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'USER_AUTH', 'constructor'])(
    'refuses the flow %s, which the client does not have',
    async (AuthFlow) => {
      expect(await pool.refusal('InitiateAuth', { AuthFlow })).toBe(
        `InvalidParameterException: ${AuthFlow} flow not enabled for this client`,
      );
    },
  );

  it('refuses a wrong password and an unknown user in the same words', async () => {
    for (const USERNAME of [email, 'nobody@example.com']) {
      const AuthParameters = { USERNAME, PASSWORD: 'Wrong-pass-1234' };
      expect(await pool.refusal('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })).toBe(incorrect);
    }
  });
});

describe('a refresh token', () => {
  it.each([
    ['GetTokensFromRefreshToken', (RefreshToken: string) => ({ RefreshToken })],
    [
      'InitiateAuth',
      (REFRESH_TOKEN: string) => ({ AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    ],
    ['InitiateAuth', (REFRESH_TOKEN: string) => ({ AuthFlow: 'REFRESH_TOKEN', AuthParameters: { REFRESH_TOKEN } })],
  ] as const)('is good for new tokens of the same sign-in by %s, until it is revoked', async (operation, input) => {
    const { RefreshToken, AccessToken } = await pool.signIn(email);
    const { AuthenticationResult } = await pool.client(operation, input(RefreshToken));
    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    const [before, after] = [claimsOf(AccessToken), claimsOf(AuthenticationResult.AccessToken)];
    expect(after).toMatchObject({ sub, origin_jti: before.origin_jti, auth_time: before.auth_time });
    expect(after.jti).not.toBe(before.jti);

    const other = await pool.signIn(email);
    await pool.client('RevokeToken', { Token: RefreshToken });
    expect(await pool.refusal(operation, input(RefreshToken))).toMatch(/^NotAuthorizedException/);
    expect(await pool.refusal('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    expect(await pool.client(operation, input(other.RefreshToken))).toHaveProperty('AuthenticationResult');
  });

  it('is good for 30 days, also after a restart, and no other text is', async () => {
    const month = 30 * 24 * 3600 * 1000;
    const earliest = Date.now();
    const { RefreshToken } = await pool.signIn(email);
    const latest = Date.now();
    await pool.restart();
    const clock = jest.spyOn(Date, 'now');
    clock.mockReturnValue(earliest + month - 1000);
    expect(await pool.client('GetTokensFromRefreshToken', { RefreshToken })).toHaveProperty('AuthenticationResult');
    clock.mockReturnValue(latest + month + 1000);
    expect(await pool.refusal('GetTokensFromRefreshToken', { RefreshToken })).toMatch(/^NotAuthorizedException/);
    clock.mockRestore();
    const [id] = RefreshToken.split('.');
    for (const text of ['', 'constructor', '__proto__', id, `${id}.`, `${id}.AAAA`, `${RefreshToken}A`]) {
      expect(await pool.refusal('GetTokensFromRefreshToken', { RefreshToken: text })).toMatch(/^NotAuthorized/);
    }
  });

  it('is the only kind of token that can be revoked', async () => {
    const { AccessToken } = await pool.signIn(email);
    expect(await pool.refusal('RevokeToken', { Token: AccessToken })).toMatch(/^UnsupportedTokenTypeException/);
    expect(await pool.client('RevokeToken', { Token: 'no token' })).toEqual({});
  });
});
