/** The two libraries that web applications sign in with, left to what they do by themselves, against the local pool. */
import * as amplify from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify } from '@aws-amplify/core';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { confirmationCode } from '../../../../local/cognito/settings';
import { itAtFullDepth, rounds } from '../../../support/depth';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.stop());

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const ownPassword = 'Own-password-1234';
const incorrect = 'Incorrect username or password.';

describe('amazon-cognito-identity-js', () => {
  const userOf = (Username: string) => {
    const { cognitoUrl: endpoint, userPoolId: UserPoolId, clientId: ClientId } = pool;
    return new CognitoUser({ Username, Pool: new CognitoUserPool({ UserPoolId, ClientId, endpoint }) });
  };
  const signIn = (user: CognitoUser, Password = password) =>
    new Promise<CognitoUserSession | 'new password required'>((onSuccess, onFailure) => {
      user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), {
        onSuccess,
        onFailure,
        newPasswordRequired: () => onSuccess('new password required'),
      });
    });
  const sessionOf = async (user: CognitoUser, Password = password) => {
    const session = await signIn(user, Password);
    if (session === 'new password required') throw new Error(session);
    return session;
  };
  const refresh = (user: CognitoUser, session: CognitoUserSession) =>
    new Promise<CognitoUserSession>((resolve, reject) => {
      user.refreshSession(session.getRefreshToken(), (error, result) =>
        error instanceof Error ? reject(error) : resolve(result),
      );
    });
  const attributesOf = (user: CognitoUser) =>
    new Promise<Record<string, string>>((resolve, reject) => {
      user.getUserAttributes((error, list = []) =>
        error ? reject(error) : resolve(Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]))),
      );
    });

  it('signs in by SRP, reads the account, refreshes and signs out everywhere', async () => {
    const email = 'identity-js@example.com';
    const sub = await pool.join(email);
    const user = userOf(email);
    const session = await sessionOf(user);
    expect(claimsOf(session.getIdToken().getJwtToken())).toMatchObject({ sub, email, email_verified: true });
    expect(await attributesOf(user)).toEqual({ sub, email, email_verified: 'true' });

    const refreshed = await refresh(user, session);
    expect(refreshed.getAccessToken().getJwtToken()).not.toBe(session.getAccessToken().getJwtToken());
    expect(refreshed.isValid()).toBe(true);

    await new Promise((onSuccess, onFailure) => {
      user.globalSignOut({ onSuccess, onFailure });
    });
    // Asked without the library, which would try again for six seconds.
    const RefreshToken = session.getRefreshToken().getToken();
    expect(await pool.refusal('GetTokensFromRefreshToken', { RefreshToken })).toMatch(/^NotAuthorizedException/);
  });

  it('signs in by SRP with passwords whose numbers begin with zeros and ones, every time', async () => {
    // One number of three sends has a first byte that SRP pads.
    const email = 'identity-js-often@example.com';
    await pool.join(email);
    for (let time = 0; time < rounds(6); time += 1) expect((await sessionOf(userOf(email))).isValid()).toBe(true);
  });

  // Each sign-in takes this library a fifth of a second. Amplify is told much the same, below, and sign-in.test.ts and operator.test.ts have the rest.
  itAtFullDepth('is told the same of a wrong password and of an unknown user', async () => {
    await pool.join('identity-js-wrong@example.com');
    for (const name of ['identity-js-wrong@example.com', 'identity-js-nobody@example.com']) {
      await expect(signIn(userOf(name), 'Wrong-pass-1234')).rejects.toMatchObject({
        code: 'NotAuthorizedException',
        message: incorrect,
      });
    }
  });

  itAtFullDepth(
    'is told of a sign-up that is not confirmed, and of a user who is disabled, by who knows the password',
    async () => {
      const email = 'identity-js-new@example.com';
      await pool.signUp(email);
      await expect(signIn(userOf(email))).rejects.toMatchObject({ code: 'UserNotConfirmedException' });
      await expect(signIn(userOf(email), 'Wrong-pass-1234')).rejects.toMatchObject({ message: incorrect });
      await pool.client('ConfirmSignUp', { Username: email, ConfirmationCode: confirmationCode });
      await pool.admin('AdminDisableUser', { Username: email });
      await expect(signIn(userOf(email))).rejects.toMatchObject({ message: 'User is disabled.' });
    },
  );

  itAtFullDepth('changes a temporary password, once', async () => {
    const email = 'identity-js-invited@example.com';
    await pool.admin('AdminCreateUser', { Username: email, TemporaryPassword: password });
    const user = userOf(email);
    expect(await signIn(user)).toBe('new password required');
    const complete = (chosen: string) =>
      new Promise<CognitoUserSession>((onSuccess, onFailure) => {
        user.completeNewPasswordChallenge(chosen, {}, { onSuccess, onFailure });
      });
    expect((await complete(ownPassword)).isValid()).toBe(true);
    await expect(complete(ownPassword)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await expect(signIn(userOf(email))).rejects.toMatchObject({ message: incorrect });
    expect((await sessionOf(userOf(email), ownPassword)).isValid()).toBe(true);
  });
});

describe('aws-amplify', () => {
  beforeAll(() => {
    const { userPoolId, clientId: userPoolClientId, cognitoUrl: userPoolEndpoint } = pool;
    // It warns that the endpoint is another than Amazon's.
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const Auth = { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } };
    // As the package aws-amplify does, which brings this library and five others.
    cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
    Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
    warned.mockRestore();
  });
  afterEach(() => amplify.signOut().catch(() => undefined));

  it('signs up, confirms, signs in by SRP, reads the account, refreshes and signs out', async () => {
    const username = 'amplify@example.com';
    const { userId: sub } = await amplify.signUp({ username, password });
    await amplify.confirmSignUp({ username, confirmationCode });
    expect(await amplify.signIn({ username, password })).toEqual({
      isSignedIn: true,
      nextStep: { signInStep: 'DONE' },
    });
    expect(await amplify.fetchUserAttributes()).toEqual({ sub, email: username, email_verified: 'true' });

    const { tokens: first } = await amplify.fetchAuthSession();
    const { tokens: second } = await amplify.fetchAuthSession({ forceRefresh: true });
    expect(second?.accessToken.payload).toMatchObject({ sub, origin_jti: first?.accessToken.payload['origin_jti'] });
    expect(second?.accessToken.payload['jti']).not.toBe(first?.accessToken.payload['jti']);

    await amplify.signOut();
    const AccessToken = second?.accessToken.toString();
    expect(await pool.refusal('GetUser', { AccessToken })).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
  });

  it('signs out everywhere', async () => {
    const username = 'amplify-global@example.com';
    await pool.join(username);
    const { RefreshToken } = await pool.signIn(username);
    await amplify.signIn({ username, password });
    await amplify.signOut({ global: true });
    expect(await pool.refusal('GetTokensFromRefreshToken', { RefreshToken })).toBe(
      'NotAuthorizedException: Invalid Refresh Token',
    );
  });

  it('changes an address, which counts once it is verified', async () => {
    const username = 'amplify-before@example.com';
    const address = 'amplify-after@example.com';
    await pool.join(username);
    await amplify.signIn({ username, password });
    expect(
      await amplify.updateUserAttribute({ userAttribute: { attributeKey: 'email', value: address } }),
    ).toMatchObject({ isUpdated: false, nextStep: { updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE' } });
    expect(await amplify.fetchUserAttributes()).toMatchObject({ email: username, email_verified: 'true' });
    await amplify.confirmUserAttribute({ userAttributeKey: 'email', confirmationCode });
    expect(await amplify.fetchUserAttributes()).toMatchObject({ email: address, email_verified: 'true' });
  });

  it('is asked for another password after a temporary one, and for a confirmation before any', async () => {
    const invited = 'amplify-invited@example.com';
    await pool.admin('AdminCreateUser', { Username: invited, TemporaryPassword: password });
    expect(await amplify.signIn({ username: invited, password })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED' },
    });
    expect(await amplify.confirmSignIn({ challengeResponse: ownPassword })).toMatchObject({ isSignedIn: true });
    await amplify.signOut();

    const username = 'amplify-new@example.com';
    await pool.signUp(username);
    expect(await amplify.signIn({ username, password })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_UP' },
    });
  });

  it('is told of a wrong password', async () => {
    await pool.join('amplify-wrong@example.com');
    await expect(
      amplify.signIn({ username: 'amplify-wrong@example.com', password: 'Wrong-pass-1234' }),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: incorrect });
  });
});
