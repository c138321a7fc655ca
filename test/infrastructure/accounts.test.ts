/** Who gets an account, how they prove who they are, and who mails them: written out in the template, without and with parameters. */
import { tuning } from '../support/packages';
import { onlyResource, templateOf } from '../support/template';

const poolOf = (name: string) => onlyResource(templateOf(name), 'AWS::Cognito::UserPool');

/** What CloudFormation would put back to Cognito's preset if a template left it out. */
const settings = ['AdminCreateUserConfig', 'MfaConfiguration', 'EnabledMfas', 'EmailConfiguration'];
const settingsOf = (name: string) => {
  const pool = poolOf(name);
  return Object.fromEntries(settings.flatMap((setting) => (setting in pool ? [[setting, pool[setting]]] : [])));
};

it.each(['jwt', 'lambda', 'iam', 'prod'])('unless told otherwise, anybody signs up, and Cognito mails: %s', (name) => {
  expect(settingsOf(name)).toEqual({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    MfaConfiguration: 'OFF',
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  });
});

it('takes sign-up, second factor and sender from the parameters', () => {
  expect(settingsOf('tuned')).toEqual({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: tuning.mailIdentity,
      From: tuning.mailFrom,
    },
  });
});

it.each(['jwt', 'tuned', 'prod'])('lets no address count before its owner has proved it: %s', (name) => {
  expect(poolOf(name)).toMatchObject({
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    UsernameConfiguration: { CaseSensitive: false },
  });
});

interface Variables {
  resolveVariable: () => Promise<unknown>;
}

describe('resources/accounts.js', () => {
  const resolve = jest.requireActual<(variables: Variables) => Promise<unknown>>('../../resources/accounts');
  const presets = { selfSignUp: 'open', mfa: 'off', mailIdentity: '', mailFrom: '' };
  const poolWith = (given: object) => resolve({ resolveVariable: () => Promise.resolve({ ...presets, ...given }) });

  it('has the optional factor', async () => {
    await expect(poolWith({ mfa: 'optional' })).resolves.toHaveProperty(
      'Resources.CognitoUserPoolCatalog.Properties',
      expect.objectContaining({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }),
    );
  });

  it.each([{ mailIdentity: tuning.mailIdentity }, { mailFrom: tuning.mailFrom }])(
    'refuses %j without the other one',
    async (given) => {
      await expect(poolWith(given)).rejects.toThrow(
        'The parameters mailIdentity and mailFrom go together: give both, or none.',
      );
    },
  );
});
