/** How the users command shows users. */
import type { User } from '../../deployment/user-pool';
import { textTable } from '../../deployment/text-table';

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

export function userTable(users: User[]): string[] {
  if (users.length === 0) return ['There are no users yet: a sign-up adds one, and so does "npm run users -- invite".'];
  const rows = users.map((user) => [
    user.email,
    user.enabled ? user.status : `${user.status}, disabled`,
    yesNo(user.emailVerified),
    user.groups.join(', ') || 'none',
    user.sub,
  ]);
  return textTable([['EMAIL', 'STATUS', 'VERIFIED', 'GROUPS', 'SUB'], ...rows]);
}

export const userSheet = (user: User) =>
  textTable([
    ['E-mail', user.email],
    ['Verified', yesNo(user.emailVerified)],
    ['Status', user.status],
    ['Enabled', yesNo(user.enabled)],
    ['Groups', user.groups.join(', ') || 'none'],
    ['Signed up', user.createdAt?.toISOString() ?? 'unknown'],
    ['Id (sub)', user.sub],
  ]);
