/** Users in any set of groups, made as an admin makes them: no sign-up, so no group but those given. */
import type { StackInfo } from '../../deployment/stack-info';
import { cognito, password, signIn } from './stack';
import type { Tokens } from '../../deployment/sign-in';

/** The tokens of a new user who is in exactly these groups. */
export async function newMember(stack: StackInfo, email: string, groups: readonly string[]): Promise<Tokens> {
  const UserPoolId = stack.userPoolId;
  const UserAttributes = [{ Name: 'email', Value: email }];
  const created = { UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' };
  await must(stack, 'AdminCreateUser', created);
  const user = { UserPoolId, Username: email };
  await must(stack, 'AdminSetUserPassword', { ...user, Password: password, Permanent: true });
  for (const GroupName of groups) {
    const known = await cognito(stack, 'GetGroup', { UserPoolId, GroupName });
    if (known.status !== 200) await must(stack, 'CreateGroup', { UserPoolId, GroupName });
    await must(stack, 'AdminAddUserToGroup', { ...user, GroupName });
  }
  const { AccessToken: accessToken, IdToken: idToken } = await signIn(stack, email);
  return { accessToken, idToken };
}

/** Takes groups of a test away again: other tests list what the pool has. */
export async function removeGroups(stack: StackInfo, groups: readonly string[]): Promise<void> {
  for (const GroupName of groups) await must(stack, 'DeleteGroup', { UserPoolId: stack.userPoolId, GroupName });
}

async function must(stack: StackInfo, operation: string, parameters: object) {
  const answer = await cognito(stack, operation, parameters);
  if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  return answer;
}
