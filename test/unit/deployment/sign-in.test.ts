/** Signing in by SRP, as the commands do: what a person is told who cannot, and what to do about it. */
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { renewTokens, signIn, type Account } from '../../../deployment/sign-in';
import { startLocalPool, type LocalPool } from '../../support/local-pool';
import { password } from '../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.stop());

const failure = (message: string) => ({ name: 'Failure', message });
const as = (email: string, secret = password): Account => ({ email, password: secret });
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

it('answers the tokens of the user, in any case of the address', async () => {
  const sub = await pool.join('signs-in@example.com');
  const { accessToken, idToken } = await signIn(pool.pool, as('SIGNS-IN@example.com'));
  expect(claimsOf(accessToken)).toMatchObject({ sub, token_use: 'access' });
  expect(claimsOf(idToken)).toMatchObject({ sub, token_use: 'id' });
});

it.each<[string, (email: string) => Promise<unknown>, string, string]>([
  [
    'another',
    (email) => pool.join(email),
    'Wrong-pass-1234',
    'has another password than the one given: set CATALOG_PASSWORD to the right one.',
  ],
  [
    'unconfirmed',
    (email) => pool.signUp(email),
    password,
    'has not confirmed the sign-up: enter the code that was mailed there, or "npm run users -- confirm unconfirmed@example.com".',
  ],
  [
    'temporary',
    (Username) => pool.admin('AdminCreateUser', { Username, TemporaryPassword: password }),
    password,
    'has a temporary password still: choose another by signing in with "npm run login".',
  ],
  [
    'disabled',
    async (email) => pool.admin('AdminDisableUser', { Username: await pool.join(email) }),
    password,
    'cannot sign in (User is disabled): "npm run users -- show disabled@example.com" tells more.',
  ],
])('says in one sentence what to do: %s', async (name, prepare, secret, sentence) => {
  const email = `${name}@example.com`;
  await prepare(email);
  await expect(signIn(pool.pool, as(email, secret))).rejects.toMatchObject(failure(`${email} ${sentence}`));
});

it('says in one sentence that there is no such user', async () => {
  await expect(signIn(pool.pool, as('nobody@example.com'))).rejects.toMatchObject({
    name: 'Failure',
    message: expect.stringMatching(/^There is no user nobody@example\.com: "npm run users -- list" shows all/),
  });
});

const mockCognito = () => mockClient(CognitoIdentityProviderClient);

describe('what no local pool does', () => {
  // A second factor, and permissions.
  let cognito: ReturnType<typeof mockCognito>;
  const begun = { SALT: 'a1', SRP_B: 'b2', SECRET_BLOCK: 'YmxvY2s=', USER_ID_FOR_SRP: 'user' };
  beforeEach(() => {
    cognito = mockCognito();
    cognito.onAnyCommand().resolves({ ChallengeParameters: begun });
  });
  afterEach(() => {
    cognito.restore();
  });

  it.each(['SOFTWARE_TOKEN_MFA', 'MFA_SETUP'] as const)(
    'sends a user whom Cognito asks for %s to the browser',
    async (ChallengeName) => {
      cognito.on(RespondToAuthChallengeCommand).resolves({ ChallengeName });
      await expect(signIn(pool.pool, as('factor@example.com'))).rejects.toMatchObject(
        failure(
          `Cognito asks factor@example.com for more than a password (${ChallengeName}): sign in by browser, with --login in ` +
            'place of --as.',
        ),
      );
    },
  );

  it('says both to somebody who may not ask which of the two it is', async () => {
    const refused = new NotAuthorizedException({ message: 'Incorrect username or password.', $metadata: {} });
    cognito.on(RespondToAuthChallengeCommand).rejects(refused);
    cognito.on(AdminGetUserCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    await expect(signIn(pool.pool, as('someone@example.com'))).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringMatching(/^There is no user someone@example\.com, or the password is another: /),
    });
  });
});

describe('renewTokens', () => {
  it('answers new tokens of a sign-in, until that has ended', async () => {
    const email = 'renews@example.com';
    const sub = await pool.join(email);
    const { RefreshToken } = await pool.signIn(email);
    expect(claimsOf((await renewTokens(pool.pool, RefreshToken)).accessToken)).toMatchObject({ sub });
    await pool.admin('AdminUserGlobalSignOut', { Username: sub });
    await expect(renewTokens(pool.pool, RefreshToken)).rejects.toMatchObject(
      failure('The sign-in has ended: sign in again.'),
    );
  });
});
