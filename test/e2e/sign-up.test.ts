/** The way of a user: signs up, may read, is made an admin, may write, is removed again. */
import { cognito, password, runningStack, send, signIn, signUp } from '../support/stack';

const stack = runningStack();
const { apiUrl, userPoolId: UserPoolId, clientId: ClientId } = stack;

it('a user who signs up may read, and write once they are in the group admin', async () => {
  const email = 'becomes-admin@example.com';
  await signUp(stack, email);

  const before = (await signIn(stack, email)).AccessToken;
  const category = { name: 'Made by a new admin' };
  expect(await send(apiUrl, 'GET', '/categories', { token: before })).toMatchObject({ status: 200 });
  expect(await send(apiUrl, 'POST', '/categories', { token: before, body: category })).toMatchObject({
    status: 403,
    body: { code: 'forbidden', detail: 'You do not have permission' },
  });

  const { body: user } = await cognito(stack, 'AdminGetUser', { UserPoolId, Username: email });
  await cognito(stack, 'AdminAddUserToGroup', { UserPoolId, Username: user.Username, GroupName: 'admin' });
  // The old token says what it said when it was issued.
  expect(await send(apiUrl, 'POST', '/categories', { token: before, body: category })).toMatchObject({ status: 403 });

  const after = (await signIn(stack, email)).AccessToken;
  expect(await send(apiUrl, 'POST', '/categories', { token: after, body: category })).toMatchObject({
    status: 201,
    body: {
      name: category.name,
      createdBy: user.UserAttributes.find(({ Name }: { Name: string }) => Name === 'sub').Value,
    },
  });
});

it('a password reset does not put a user back into the group they were removed from', async () => {
  const email = 'removed@example.com';
  await signUp(stack, email);
  const { body: user } = await cognito(stack, 'AdminGetUser', { UserPoolId, Username: email });
  await cognito(stack, 'AdminRemoveUserFromGroup', { UserPoolId, Username: user.Username, GroupName: 'user' });

  await cognito(stack, 'ForgotPassword', { ClientId, Username: email });
  const reset = { ClientId, Username: email, ConfirmationCode: '123456', Password: password };
  expect(await cognito(stack, 'ConfirmForgotPassword', reset)).toMatchObject({ status: 200 });

  const { AccessToken: token } = await signIn(stack, email);
  expect(await send(apiUrl, 'GET', '/categories', { token })).toMatchObject({ status: 403 });
});
