/** What people can do with their own accounts. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { delivery, noSuchCode, sendCode, useCode } from '../codes';
import { lock, opens, passwordText, requireStrength } from '../password';
import { attributesOf, changeUser, deleteUser, findUser } from '../pool';
import { attributeList, readOwnAttributes, requireFreeAddress } from './attributes';
import { clientOperation, nameText, userOperation } from './operation';

const GetUser = userOperation(z.object({}), (_, __, user) => ({
  Username: user.sub,
  UserAttributes: attributesOf(user),
}));

const UpdateUserAttributes = userOperation(
  z.object({ UserAttributes: attributeList }),
  (pool, { UserAttributes }, user) => {
    const { email, others } = readOwnAttributes(UserAttributes);
    if (email !== undefined) requireFreeAddress(pool, email, user);
    changeUser(pool, user.sub, (draft) => {
      Object.assign(draft.attributes, others);
      // It counts once it is verified, and the one before until then.
      if (email !== undefined) draft.pendingEmail = email;
    });
    return { CodeDeliveryDetailsList: email === undefined ? [] : [sendCode(pool, user, 'email', email)] };
  },
);

const emailAlone = z.literal('email');

const GetUserAttributeVerificationCode = userOperation(z.object({ AttributeName: emailAlone }), (pool, _, user) => ({
  CodeDeliveryDetails: sendCode(pool, user, 'email', user.pendingEmail),
}));

const VerifyUserAttribute = userOperation(
  z.object({ AttributeName: emailAlone, Code: z.string() }),
  (pool, { Code }, user) => {
    const { pendingEmail = user.email } = user;
    requireFreeAddress(pool, pendingEmail, user);
    useCode(pool, user, 'email', Code, (draft) => {
      draft.email = pendingEmail;
      draft.emailVerified = true;
      delete draft.pendingEmail;
    });
    return {};
  },
);

const ChangePassword = userOperation(
  z.object({ PreviousPassword: passwordText, ProposedPassword: passwordText }),
  (pool, { PreviousPassword, ProposedPassword }, user) => {
    if (!opens(user, PreviousPassword)) {
      throw new ServiceError('NotAuthorizedException', 'Incorrect username or password.');
    }
    requireStrength(ProposedPassword, pool.settings.passwordPolicy);
    changeUser(pool, user.sub, (draft) => (draft.password = lock(user.sub, ProposedPassword)));
    return {};
  },
);

const DeleteUser = userOperation(z.object({}), (pool, _, { sub }) => {
  deleteUser(pool, sub);
  return {};
});

const ForgotPassword = clientOperation(z.object({ Username: nameText }), (pool, { Username }) => {
  const user = findUser(pool, Username);
  if (!user) return { CodeDeliveryDetails: delivery(Username) };
  if (!user.enabled) throw new ServiceError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw new ServiceError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  }
  if (!user.emailVerified) {
    throw new ServiceError(
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return { CodeDeliveryDetails: sendCode(pool, user, 'password') };
});

const ConfirmForgotPassword = clientOperation(
  z.object({ Username: nameText, ConfirmationCode: z.string(), Password: passwordText }),
  async (pool, { Username, ConfirmationCode, Password }) => {
    const user = findUser(pool, Username);
    if (!user) throw noSuchCode();
    if (!user.enabled) throw new ServiceError('NotAuthorizedException', 'User is disabled.');
    requireStrength(Password, pool.settings.passwordPolicy);
    useCode(pool, user, 'password', ConfirmationCode, (draft) => (draft.password = lock(user.sub, Password)));
    await pool.confirmed(user, 'PostConfirmation_ConfirmForgotPassword');
    return {};
  },
);

export const ownAccountOperations = {
  GetUser,
  UpdateUserAttributes,
  GetUserAttributeVerificationCode,
  VerifyUserAttribute,
  ChangePassword,
  DeleteUser,
  ForgotPassword,
  ConfirmForgotPassword,
};
