/** What the local pool refuses by every way to it: a weak password, somebody who is disabled, the address of another. */
import { beginSrp } from '../../../../deployment/srp';
import { confirmationCode } from '../../../../local/cognito/settings';
import { startLocalPool, type LocalPool } from '../../../support/local-pool';
import { password } from '../../../support/stack';

let pool: LocalPool;
beforeAll(async () => {
  pool = await startLocalPool();
  await pool.join('member@example.com');
  await pool.admin('AdminCreateUser', { Username: 'invited@example.com', TemporaryPassword: password });
});
afterAll(() => pool.stop());

const [member, invited] = [{ Username: 'member@example.com' }, { Username: 'invited@example.com' }];

/** The question for a password of one's own, answered for this user; `asked` is whoever is asked it. */
async function newPassword(NEW_PASSWORD: string, USERNAME = invited.Username, asked = USERNAME) {
  const { ChallengeName, Session } = await pool.client('InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: asked, PASSWORD: password },
  });
  return { ChallengeName, Session, ChallengeResponses: { USERNAME, NEW_PASSWORD } };
}

/** The proof of a password, for the second step of a sign-in by SRP. */
async function proofOf(USERNAME: string) {
  const srp = beginSrp(pool.userPoolId, password);
  const { ChallengeName, ChallengeParameters } = await pool.client('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A: srp.SRP_A },
  });
  return { ChallengeName, ChallengeResponses: srp.answer(ChallengeParameters) };
}

const reset = { ...member, ConfirmationCode: confirmationCode, Password: 'Another-pass-1234' };

it.each<[operation: string, request: () => object | Promise<object>]>([
  ['SignUp', () => ({ Username: 'new@example.com', Password: 'weak' })],
  ['AdminCreateUser', () => ({ ...invited, MessageAction: 'RESEND', TemporaryPassword: 'weak' })],
  ['AdminSetUserPassword', () => ({ ...member, Password: 'weak' })],
  ['ConfirmForgotPassword', () => ({ ...reset, Password: 'weak' })],
  [
    'ChangePassword',
    async () => {
      const { AccessToken } = await pool.signIn(member.Username);
      return { AccessToken, PreviousPassword: password, ProposedPassword: 'weak' };
    },
  ],
  ['RespondToAuthChallenge', () => newPassword('weak')],
])('%s refuses a weak password', async (operation, request) => {
  expect(await pool.refusal(operation, await request())).toMatch(/^InvalidPasswordException/);
});

it('whoever has chosen too weak a password may choose again', async () => {
  await pool.admin('AdminCreateUser', { Username: 'again@example.com', TemporaryPassword: password });
  const weak = await newPassword('weak', 'again@example.com');
  expect(await pool.refusal('RespondToAuthChallenge', weak)).toMatch(/^InvalidPasswordException/);
  const ChallengeResponses = { ...weak.ChallengeResponses, NEW_PASSWORD: 'Another-pass-1234' };
  expect(await pool.client('RespondToAuthChallenge', { ...weak, ChallengeResponses })).toHaveProperty(
    'AuthenticationResult',
  );
});

it('whoever has not confirmed a sign-up is refused the second step of a sign-in by SRP', async () => {
  await pool.signUp('unconfirmed@example.com');
  expect(await pool.refusal('RespondToAuthChallenge', await proofOf('unconfirmed@example.com'))).toMatch(
    /^UserNotConfirmedException/,
  );
});

describe('somebody who is disabled', () => {
  const disabled = 'NotAuthorizedException: User is disabled.';
  afterEach(async () => {
    for (const name of [member, invited]) await pool.admin('AdminEnableUser', name);
  });

  it('is refused the second step of a sign-in by SRP, and the password of their own', async () => {
    const proof = await proofOf(member.Username);
    const chosen = await newPassword('Another-pass-1234');
    for (const name of [member, invited]) await pool.admin('AdminDisableUser', name);
    expect(await pool.refusal('RespondToAuthChallenge', proof)).toBe(disabled);
    expect(await pool.refusal('RespondToAuthChallenge', chosen)).toBe(disabled);
  });

  it('is mailed no code for another password, and may not use an earlier one', async () => {
    await pool.client('ForgotPassword', member);
    await pool.admin('AdminDisableUser', member);
    expect(await pool.refusal('ForgotPassword', member)).toBe(disabled);
    expect(await pool.refusal('ConfirmForgotPassword', reset)).toBe(disabled);
  });
});

it('nobody chooses a password in the name of another', async () => {
  expect(
    await pool.refusal(
      'RespondToAuthChallenge',
      await newPassword('Another-pass-1234', member.Username, invited.Username),
    ),
  ).toBe('NotAuthorizedException: Invalid session for the user.');
});

it('an operator gives nobody the address of another, in any case', async () => {
  const UserAttributes = [{ Name: 'email', Value: 'MEMBER@example.com' }];
  expect(await pool.refusal('AdminUpdateUserAttributes', { ...invited, UserAttributes })).toMatch(
    /^AliasExistsException/,
  );
});

it('whoever has confirmed a sign-up is mailed no other code for it', async () => {
  expect(await pool.refusal('ResendConfirmationCode', member)).toMatch(/^InvalidParameterException: User is already/);
});
