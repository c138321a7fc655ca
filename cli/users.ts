/** `npm run users -- <command>`: the users of the local stack or, with --stage, of a deployed one. */
import { newCommand } from './command';
import { findDeployment, type Target } from '../deployment/deployment';
import { runCommand } from '../deployment/failure';
import { print } from '../deployment/terminal';
import { textTable } from './text-table';
import {
  addToGroup,
  confirmUser,
  connect,
  getUser,
  listGroups,
  listUsers,
  removeFromGroup,
  type User,
  type UserPool,
} from '../deployment/user-pool';

const program = newCommand('users').description(
  'Lists and changes the users of the local stack or, with --stage, of a deployed one.',
);

/** Runs a command on the pool that the options name, and prints the lines that it returns. */
const onPool = (command: (pool: UserPool) => Promise<string[]>) =>
  runCommand(async () => {
    const deployment = await findDeployment(program.opts<Target>());
    print(...(await command(connect(deployment))));
  });

program
  .command('list')
  .description('all users with their status and groups')
  .action(() => onPool(async (pool) => userTable(await listUsers(pool))));

program
  .command('show <email>')
  .description('one user')
  .action((email: string) => onPool(async (pool) => userSheet(await getUser(pool, email))));

program
  .command('confirm <email>')
  .description('confirms a sign-up without its code, and marks the e-mail address as verified')
  .action((email: string) =>
    onPool(async (pool) => [`${email} ${outcome(await confirmUser(pool, email))}; the e-mail address is verified.`]),
  );

program
  .command('add-to-group <email> <group>')
  .description('gives a user what the group may do')
  .action((email: string, group: string) =>
    onPool(async (pool) =>
      (await addToGroup(pool, email, group))
        ? [`${email} is now in ${group}.`, delay]
        : [`${email} was in ${group} already.`],
    ),
  );

program
  .command('remove-from-group <email> <group>')
  .description('takes it away again')
  .action((email: string, group: string) =>
    onPool(async (pool) =>
      (await removeFromGroup(pool, email, group))
        ? [`${email} is no longer in ${group}.`, delay]
        : [`${email} was not in ${group}.`],
    ),
  );

program
  .command('groups')
  .description('the groups of the pool')
  .action(() =>
    onPool(async (pool) => {
      const rows = (await listGroups(pool)).map(({ name, description }) => [name, description]);
      return textTable([['GROUP', 'DESCRIPTION'], ...rows]);
    }),
  );

const delay =
  'Tokens issued before keep their groups for up to 15 minutes; after a new sign-in the change shows at once.';

function outcome(statusBefore: string): string {
  if (statusBefore === 'UNCONFIRMED') return 'is confirmed now';
  return statusBefore === 'CONFIRMED' ? 'was confirmed already' : `has no sign-up to confirm (${statusBefore})`;
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

function userTable(users: User[]): string[] {
  if (users.length === 0) return ['There are no users yet: a sign-up, as in the Postman collection, adds one.'];
  const rows = users.map((user) => [
    user.email,
    user.enabled ? user.status : `${user.status}, disabled`,
    yesNo(user.emailVerified),
    user.groups.join(', '),
  ]);
  return textTable([['EMAIL', 'STATUS', 'VERIFIED', 'GROUPS'], ...rows]);
}

const userSheet = (user: User) =>
  textTable([
    ['E-mail', user.email],
    ['Verified', yesNo(user.emailVerified)],
    ['Status', user.status],
    ['Enabled', yesNo(user.enabled)],
    ['Groups', user.groups.join(', ') || 'none'],
    ['Id (sub)', user.sub],
  ]);

void program.parseAsync();
