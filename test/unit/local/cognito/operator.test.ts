/** What an operator can do with the local pool, and nobody else. */
import { groups } from '../../../../src/access/policy';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password, send } from '../../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.stop());

it.each(['AdminGetUser', 'AdminAddUserToGroup', 'AdminCreateUser', 'AdminConfirmSignUp', 'ListUsers', 'CreateGroup'])(
  '%s is refused to a request that is not signed, whatever it says',
  async (operation) => {
    const { userPoolId: UserPoolId, cognitoUrl } = pool;
    const answer = await send(cognitoUrl, 'POST', '/', {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: { UserPoolId, Username: 'nobody@example.com', GroupName: 'admin' },
    });
    expect(answer).toMatchObject({ status: 400, body: { __type: 'MissingAuthenticationTokenException' } });
  },
);

describe('AdminCreateUser', () => {
  it('mails a temporary password to the address, which is good for a sign-in that changes it', async () => {
    const email = 'invited@example.com';
    const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
    const { User } = await pool.admin('AdminCreateUser', { Username: email, UserAttributes });
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    const [, temporary = ''] =
      /^Your username is invited@example\.com and temporary password is (\S+)$/.exec(pool.mails.at(-1)?.text ?? '') ??
      [];
    const challenge = await pool.client('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: temporary },
    });
    expect(challenge).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: User.Username },
    });
    expect(challenge).not.toHaveProperty('AuthenticationResult');
    const answer = (NEW_PASSWORD: string) => ({
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
    });
    const { AuthenticationResult } = await pool.client('RespondToAuthChallenge', answer(password));
    expect(AuthenticationResult).toHaveProperty('RefreshToken');
    expect(await pool.getUser(email)).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(await pool.refusal('RespondToAuthChallenge', answer(password))).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    // No trigger for users whom an operator makes.
    expect(pool.events).toEqual([]);
  });

  it('refuses an address that has an account, and a weak temporary password', async () => {
    await pool.join('has-account@example.com');
    expect(await pool.refusal('AdminCreateUser', { Username: 'HAS-account@example.com' })).toMatch(
      /^UsernameExistsException/,
    );
    expect(await pool.refusal('AdminCreateUser', { Username: 'weak@example.com', TemporaryPassword: 'weak' })).toMatch(
      /^InvalidPasswordException/,
    );
  });

  it('sends another temporary password to whom the first one is of no use, for seven days', async () => {
    const Username = 'resent@example.com';
    await pool.admin('AdminCreateUser', { Username, TemporaryPassword: password });
    await pool.admin('AdminCreateUser', { Username, MessageAction: 'RESEND' });
    const signIn = { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: Username, PASSWORD: password } };
    expect(await pool.refusal('InitiateAuth', signIn)).toMatch(/^NotAuthorizedException: Incorrect/);
    const [week, second] = [7 * 24 * 3600 * 1000, 1000];
    const earliest = Date.now();
    await pool.admin('AdminCreateUser', { Username, MessageAction: 'RESEND', TemporaryPassword: password });
    const latest = Date.now();
    const clock = jest.spyOn(Date, 'now');
    clock.mockReturnValue(earliest + week - second);
    expect(await pool.client('InitiateAuth', signIn)).toHaveProperty('ChallengeName');
    clock.mockReturnValue(latest + week + second);
    expect(await pool.refusal('InitiateAuth', signIn)).toMatch(
      /^NotAuthorizedException: Temporary password has expired/,
    );
    clock.mockRestore();
    await pool.join('confirmed@example.com');
    expect(
      await pool.refusal('AdminCreateUser', { Username: 'confirmed@example.com', MessageAction: 'RESEND' }),
    ).toMatch(/^UnsupportedUserStateException/);
  });
});

describe('groups', () => {
  it('are those of the policy, and CreateGroup refuses one that is there', async () => {
    const { Groups } = await pool.admin('ListGroups', {});
    const declared = Object.entries(groups).map(([GroupName, { description: Description, precedence: Precedence }]) =>
      expect.objectContaining({ GroupName, Description, Precedence }),
    );
    expect(Groups).toEqual(declared);
    const Username = 'member@example.com';
    await pool.join(Username);
    await pool.admin('AdminAddUserToGroup', { Username, GroupName: 'admin' });
    expect(await pool.refusal('CreateGroup', { GroupName: 'admin', Description: 'another' })).toMatch(
      /^GroupExistsException/,
    );
    expect((await pool.admin('ListUsersInGroup', { GroupName: 'admin' })).Users).toHaveLength(1);
  });

  it.each(['x,admin', '[admin]', 'Admin', '__proto__', 'constructor', 'größe'])(
    'can be called %s',
    async (GroupName) => {
      const Username = `in-${encodeURIComponent(GroupName)}@example.com`;
      await pool.join(Username);
      expect(await pool.refusal('AdminAddUserToGroup', { Username, GroupName })).toBe(
        'ResourceNotFoundException: Group not found.',
      );
      await pool.admin('CreateGroup', { GroupName });
      await pool.admin('AdminAddUserToGroup', { Username, GroupName });
      await pool.restart();
      const { Groups } = await pool.admin('AdminListGroupsForUser', { Username });
      expect(Groups).toEqual([expect.objectContaining({ GroupName })]);
      await pool.admin('DeleteGroup', { GroupName });
      expect(await pool.admin('AdminListGroupsForUser', { Username })).toEqual({ Groups: [] });
    },
  );

  it.each(['two words', '', 'x'.repeat(129), 'tab\there'])('cannot be called "%s"', async (GroupName) => {
    expect(await pool.refusal('CreateGroup', { GroupName })).toMatch(/^InvalidParameterException/);
  });

  it('are in a token in the order of their precedence, as they are when it is issued', async () => {
    const Username = 'ordered@example.com';
    await pool.join(Username);
    for (const GroupName of ['user', 'admin', 'user']) await pool.admin('AdminAddUserToGroup', { Username, GroupName });
    const { AccessToken, RefreshToken } = await pool.signIn(Username);
    const groupsIn = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())['cognito:groups'];
    expect(groupsIn(AccessToken)).toEqual(['admin', 'user']);
    await pool.admin('AdminRemoveUserFromGroup', { Username, GroupName: 'admin' });
    const { AuthenticationResult } = await pool.client('GetTokensFromRefreshToken', { RefreshToken });
    expect(groupsIn(AuthenticationResult.AccessToken)).toEqual(['user']);
    await pool.admin('AdminRemoveUserFromGroup', { Username, GroupName: 'user' });
    const last = await pool.client('GetTokensFromRefreshToken', { RefreshToken });
    expect(groupsIn(last.AuthenticationResult.AccessToken)).toBeUndefined();
  });
});

it('lists come in pages, to the end', async () => {
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const answer = await pool.admin('ListUsers', { Limit: 2, ...(token && { PaginationToken: token }) });
    expect(answer.Users.length).toBeLessThanOrEqual(2);
    seen.push(...answer.Users.map(({ Username }: { Username: string }) => Username));
    token = answer.PaginationToken;
  } while (token);
  const all = (await pool.admin('ListUsers', {})).Users.map(({ Username }: { Username: string }) => Username);
  expect(seen).toEqual(all);
  expect(seen.length).toBeGreaterThan(4);
  expect(await pool.refusal('ListUsers', { Filter: 'email = "x"' })).toMatch(/^InvalidParameterException/);
  expect(await pool.refusal('ListUsers', { PaginationToken: 'x' })).toMatch(/^InvalidParameterException/);
  expect(await pool.refusal('ListUsers', { UserPoolId: 'local_other' })).toMatch(/^ResourceNotFoundException/);
});

describe('a user who is disabled or signed out', () => {
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  it.each(['AdminDisableUser', 'AdminUserGlobalSignOut', 'AdminDeleteUser'])(
    'keeps no sign-in of before after %s',
    async (operation) => {
      const Username = `${operation.toLowerCase()}@example.com`;
      await pool.join(Username);
      const { AccessToken, IdToken, RefreshToken } = await pool.signIn(Username);
      const { sub, origin_jti: session } = claimsOf(IdToken);
      expect(pool.isCurrent(sub, session)).toBe(true);
      await pool.admin(operation, { Username });
      expect(pool.isCurrent(sub, session)).toBe(false);
      for (const [name, input] of [
        ['GetUser', { AccessToken }],
        ['GetTokensFromRefreshToken', { RefreshToken }],
        ['InitiateAuth', { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } }],
      ] as const) {
        expect(await pool.refusal(name, input)).toMatch(/^NotAuthorizedException/);
      }
    },
  );

  it('cannot sign in while disabled, and can again once enabled, when old access tokens stay revoked', async () => {
    const Username = 'disabled@example.com';
    await pool.join(Username);
    const { AccessToken, RefreshToken } = await pool.signIn(Username);
    await pool.admin('AdminDisableUser', { Username });
    const signIn = (PASSWORD: string) => ({
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD },
    });
    expect(await pool.refusal('InitiateAuth', signIn(password))).toBe('NotAuthorizedException: User is disabled.');
    expect(await pool.refusal('InitiateAuth', signIn('Wrong-pass-1234'))).toMatch(/Incorrect username or password\.$/);
    expect(await pool.refusal('ForgotPassword', { Username })).toMatch(/^NotAuthorizedException/);
    await pool.admin('AdminEnableUser', { Username });
    expect(await pool.signIn(Username)).toHaveProperty('AccessToken');
    expect(await pool.refusal('GetUser', { AccessToken })).toMatch(/^NotAuthorizedException/);
    const { AuthenticationResult } = await pool.client('GetTokensFromRefreshToken', { RefreshToken });
    expect(await pool.client('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toHaveProperty('Username');
  });
});

it('an operator sets an address that counts at once only by vouching for it', async () => {
  const sub = await pool.join('operator-before@example.com');
  const update = (...UserAttributes: object[]) =>
    pool.admin('AdminUpdateUserAttributes', { Username: sub, UserAttributes });
  await update({ Name: 'email', Value: 'operator-after@example.com' });
  expect(await pool.refusal('AdminGetUser', { Username: 'operator-after@example.com' })).toMatch(/^UserNotFound/);
  await update({ Name: 'email', Value: 'operator-after@example.com' }, { Name: 'email_verified', Value: 'true' });
  expect((await pool.getUser('operator-after@example.com')).Username).toBe(sub);
});

it('a password that an operator sets is temporary unless it is said to be permanent, and no code replaces it', async () => {
  await pool.join('temporary@example.com');
  const temporary = { Username: 'temporary@example.com', Password: 'Another-pass-1234' };
  await pool.admin('AdminSetUserPassword', temporary);
  expect(await pool.getUser(temporary.Username)).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
  expect(await pool.refusal('ForgotPassword', { Username: temporary.Username })).toMatch(/^NotAuthorizedException/);
  await pool.admin('AdminSetUserPassword', { ...temporary, Permanent: true });
  expect(await pool.getUser(temporary.Username)).toMatchObject({ UserStatus: 'CONFIRMED' });
});

it('ListUsers finds an address by how it begins, in any case, and says that others follow only where they do', async () => {
  await pool.join('MixedCase@example.com');
  const { Users } = await pool.admin('ListUsers', { Filter: 'email ^= "mIXED"' });
  expect(Users).toHaveLength(1);
  expect(await pool.admin('ListUsers', { Filter: 'email ^= "mixed"', Limit: 1 })).not.toHaveProperty('PaginationToken');
});
