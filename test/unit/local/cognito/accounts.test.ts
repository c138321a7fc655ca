/** Accounts of the local pool: nobody has an address there that they have not proved. */
import { confirmationCode } from '../../../../local/cognito/settings';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.stop());

const emailOf = async (name: string) => {
  const { UserAttributes } = await pool.getUser(name);
  const attributes = Object.fromEntries(
    UserAttributes.map(({ Name, Value }: Record<'Name' | 'Value', string>) => [Name, Value]),
  );
  return [attributes.email, attributes.email_verified];
};

describe('SignUp and ConfirmSignUp', () => {
  it('prove the address by the code that is mailed there, and run the trigger', async () => {
    const email = 'sign-up@example.com';
    const sub = await pool.signUp(email);
    expect(pool.mails.at(-1)).toEqual({ to: email, text: `Your confirmation code is ${confirmationCode}.` });
    expect(await pool.getUser(email)).toMatchObject({ Username: sub, UserStatus: 'UNCONFIRMED', Enabled: true });
    expect(await emailOf(email)).toEqual([email, 'false']);

    await pool.client('ConfirmSignUp', { Username: email, ConfirmationCode: confirmationCode });
    expect(await pool.getUser(sub)).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(await emailOf(sub)).toEqual([email, 'true']);
    expect(pool.events.at(-1)).toMatchObject({
      version: '1',
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      userName: sub,
      request: { userAttributes: { sub, email, email_verified: 'true', 'cognito:user_status': 'CONFIRMED' } },
    });
  });

  it('refuse a wrong code, a code that was not sent, and a second confirmation', async () => {
    const Username = 'codes@example.com';
    await pool.signUp(Username);
    expect(await pool.refusal('ConfirmSignUp', { Username, ConfirmationCode: '654321' })).toBe(
      'CodeMismatchException: Invalid verification code provided, please try again.',
    );
    expect(
      await pool.refusal('ConfirmSignUp', { Username: 'nobody@example.com', ConfirmationCode: confirmationCode }),
    ).toBe('ExpiredCodeException: Invalid code provided, please request a code again.');
    await pool.client('ConfirmSignUp', { Username, ConfirmationCode: confirmationCode });
    expect(await pool.refusal('ConfirmSignUp', { Username, ConfirmationCode: confirmationCode })).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    );
    expect(
      await pool.refusal('ConfirmForgotPassword', { Username, ConfirmationCode: confirmationCode, Password: password }),
    ).toBe('ExpiredCodeException: Invalid code provided, please request a code again.');
  });

  it('give one account to an address, whatever its case', async () => {
    await pool.join('Case@Example.com');
    for (const Username of ['Case@Example.com', 'case@example.com', 'CASE@EXAMPLE.COM']) {
      expect(await pool.refusal('SignUp', { Username, Password: password })).toBe(
        'UsernameExistsException: An account with the given email already exists.',
      );
      expect(await pool.signIn(Username)).toHaveProperty('AccessToken');
    }
  });

  it.each([
    ['Short-pass1', 'Password not long enough'],
    ['no-capitals-1234', 'Password must have uppercase characters'],
    ['NO-SMALL-ONES-1234', 'Password must have lowercase characters'],
    ['No-number-in-here', 'Password must have numeric characters'],
  ])('refuse the password %s as the policy of the template does', async (Password, fault) => {
    expect(await pool.refusal('SignUp', { Username: 'policy@example.com', Password })).toBe(
      `InvalidPasswordException: Password did not conform with policy: ${fault}`,
    );
  });

  it.each([
    ['a name that is no address', { Username: 'ada' }, 'InvalidParameterException: Username should be an email.'],
    ['an address with a control character', { Username: 'a\u001b[2J@example.com' }, 'InvalidParameterException'],
    ['a verified address', { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] }, 'NotAuthorizedException'],
    ['another address', { UserAttributes: [{ Name: 'email', Value: 'b@example.com' }] }, 'InvalidParameterException'],
    ['an id of their own', { UserAttributes: [{ Name: 'sub', Value: '1' }] }, 'InvalidParameterException'],
    ['a password that begins with a space', { Password: ` ${password}` }, 'InvalidParameterException'],
    ['another client', { ClientId: 'another' }, 'ResourceNotFoundException'],
    ['a secret', { SecretHash: 'secret' }, 'NotAuthorizedException'],
  ])('refuse %s', async (_, change, refusal) => {
    expect(await pool.refusal('SignUp', { Username: 'refused@example.com', Password: password, ...change })).toContain(
      refusal,
    );
  });

  it('leave a user confirmed whose trigger fails, in no group, and say so', async () => {
    const Username = 'trigger@example.com';
    await pool.signUp(Username);
    pool.trigger.failure = 'the group is gone\nRequire stack:\n- /home/jo/.local/bundles';
    const refusal = await pool.refusal('ConfirmSignUp', { Username, ConfirmationCode: confirmationCode });
    pool.trigger.failure = '';
    expect(refusal).toBe('UserLambdaValidationException: PostConfirmation failed with error the group is gone.');
    expect(await pool.getUser(Username)).toMatchObject({ UserStatus: 'CONFIRMED' });
  });
});

it('an operator who confirms a sign-up proves no address', async () => {
  const Username = 'boss@corp.example';
  const sub = await pool.signUp(Username);
  await pool.admin('AdminConfirmSignUp', { Username });
  expect(await pool.getUser(sub)).toMatchObject({ UserStatus: 'CONFIRMED' });
  expect(await emailOf(sub)).toEqual([Username, 'false']);
  expect(pool.events.at(-1)).toMatchObject({ triggerSource: 'PostConfirmation_ConfirmSignUp', userName: sub });
});

describe('UpdateUserAttributes', () => {
  const change = (AccessToken: string, email: string) =>
    pool.client('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value: email }] });

  it('keeps the address until the new one is verified: nobody is found by an address they only claim', async () => {
    const [before, claimed] = ['before@example.com', 'cfo@corp.example'];
    const sub = await pool.join(before);
    const { AccessToken } = await pool.signIn(before);
    expect(await change(AccessToken, claimed)).toEqual({
      CodeDeliveryDetailsList: [{ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@c***' }],
    });
    expect(pool.mails.at(-1)?.to).toBe(claimed);
    expect(await emailOf(sub)).toEqual([before, 'true']);
    expect(await pool.refusal('AdminGetUser', { Username: claimed })).toBe(
      'UserNotFoundException: User does not exist.',
    );
    // The address is free for whoever can prove it.
    const owner = await pool.join(claimed);
    expect(await emailOf(claimed)).toEqual([claimed, 'true']);
    expect(
      await pool.refusal('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: confirmationCode }),
    ).toBe('AliasExistsException: An account with the given email already exists.');
    expect((await pool.getUser(claimed)).Username).toBe(owner);
  });

  it('refuses an address that has an account, in any case, and attributes that nobody writes about themselves', async () => {
    await pool.join('taken@example.com');
    await pool.join('changer@example.com');
    const { AccessToken } = await pool.signIn('changer@example.com');
    const update = (Name: string, Value: string) =>
      pool.refusal('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name, Value }] });
    expect(await update('email', 'TAKEN@example.com')).toMatch(/^AliasExistsException/);
    expect(await update('email_verified', 'true')).toMatch(/^NotAuthorizedException/);
    expect(await update('cognito:groups', 'admin')).toMatch(/^InvalidParameterException/);
  });
});

describe('ForgotPassword and ConfirmForgotPassword', () => {
  it('change the password, once for each code', async () => {
    const Username = 'forgot@example.com';
    await pool.join(Username);
    await pool.client('ForgotPassword', { Username });
    const reset = { Username, ConfirmationCode: confirmationCode, Password: 'Another-pass-1234' };
    await pool.client('ConfirmForgotPassword', reset);
    expect(pool.events.at(-1)).toMatchObject({ triggerSource: 'PostConfirmation_ConfirmForgotPassword' });
    expect(await pool.signIn(Username, reset.Password)).toHaveProperty('AccessToken');
    expect(await pool.refusal('ConfirmForgotPassword', reset)).toMatch(/^ExpiredCodeException/);
  });

  it('tell nobody who has an account, and send nothing to an address that is not proved', async () => {
    expect(await pool.client('ForgotPassword', { Username: 'nobody@example.com' })).toHaveProperty(
      'CodeDeliveryDetails',
    );
    const Username = 'forgot-unproved@example.com';
    await pool.signUp(Username);
    await pool.admin('AdminConfirmSignUp', { Username });
    expect(await pool.refusal('ForgotPassword', { Username })).toMatch(/^InvalidParameterException: Cannot reset/);
  });
});

it('a user changes a password, and deletes the account, with a token of their own alone', async () => {
  const email = 'own@example.com';
  const sub = await pool.join(email);
  const { AccessToken, IdToken } = await pool.signIn(email);
  const change = { AccessToken, PreviousPassword: password, ProposedPassword: 'Another-pass-1234' };
  expect(await pool.refusal('ChangePassword', { ...change, PreviousPassword: 'Wrong-pass-1234' })).toMatch(
    /^NotAuthorizedException/,
  );
  expect(await pool.refusal('ChangePassword', { ...change, AccessToken: IdToken })).toBe(
    'NotAuthorizedException: Invalid Access Token',
  );
  await pool.client('ChangePassword', change);
  expect(await pool.signIn(email, change.ProposedPassword)).toHaveProperty('AccessToken');
  await pool.client('DeleteUser', { AccessToken });
  expect(await pool.refusal('AdminGetUser', { Username: sub })).toBe('UserNotFoundException: User does not exist.');
  expect(await pool.refusal('GetUser', { AccessToken })).toMatch(/^NotAuthorizedException/);
});

it('sign-up is refused where it is closed, and an invitation works', async () => {
  const closed = await startLocalPool({ selfSignUp: false });
  try {
    expect(await closed.refusal('SignUp', { Username: 'stranger@example.com', Password: password })).toBe(
      'NotAuthorizedException: SignUp is not permitted for this user pool',
    );
    await closed.admin('AdminCreateUser', { Username: 'invited@example.com' });
    expect(closed.mails).toHaveLength(1);
  } finally {
    await closed.stop();
  }
});
