// Who gets an account, who mails them, and what a sign-in asks for: the parts of the user pool that depend on parameters. None
// is ever left out: CloudFormation puts what a template does not say back to Cognito's own preset.
const refusal = require('./refusal');

const secondFactors = {
  off: { MfaConfiguration: 'OFF' },
  optional: { MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
  required: { MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] },
};

/** Cognito's own mail is good for about 50 messages a day, for all who sign up together. */
function mailFrom(identity, address) {
  if (identity === '' && address === '') return { EmailSendingAccount: 'COGNITO_DEFAULT' };
  if (identity === '' || address === '') {
    throw refusal('The parameters mailIdentity and mailFrom go together: give both, or none.');
  }
  return { EmailSendingAccount: 'DEVELOPER', SourceArn: identity, From: address };
}

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  return {
    Resources: {
      CognitoUserPoolCatalog: {
        Properties: {
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: parameters.selfSignUp === 'closed' },
          ...secondFactors[parameters.mfa],
          EmailConfiguration: mailFrom(parameters.mailIdentity, parameters.mailFrom),
        },
      },
    },
  };
};
