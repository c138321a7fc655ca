/** `npm run users -- <command>`: the users of the local stack or, with --stage, of a deployed one. */
import { newStageCommand } from '../deployment/command';
import { findDeployment, type Deployment, type Target } from '../deployment/deployment';
import { runCommand } from '../deployment/failure';
import { runProgram } from '../deployment/npm-options';
import { print } from '../deployment/terminal';
import { textTable } from '../deployment/text-table';
import * as changes from '../deployment/user-changes';
import { connect, getUser, listGroups, listUsers, type UserPool } from '../deployment/user-pool';
import { delayOfRemoval, delayOfSignOut, rememberedBrowsers } from './users/delay';
import { userSheet, userTable } from './users/tables';

export const program = newStageCommand('users', {
  examples: ['list', 'invite jo@example.com --group admin', 'add-to-group jo@example.com admin --stage dev'],
}).description(
  'Lists and changes the users of the local stack or, with --stage, of a deployed one. A <user> is an address or an id (sub).',
);

/** Runs a command on the pool that the options name, and prints the lines that it returns. */
const onPool = (command: (pool: UserPool, deployment: Deployment) => Promise<string[]>) =>
  runCommand(async () => {
    const deployment = await findDeployment(program.opts<Target>());
    print(...(await command(connect(deployment), deployment)));
  });

const { describeAccount } = changes;
const newSignIn = 'What the group may do shows after a new sign-in; those of before have ended.';

program
  .command('list')
  .description('all users with their status, groups and ids')
  .action(() => onPool(async (pool) => userTable(await listUsers(pool))));

program
  .command('show <user>')
  .description('one user; the id is who the history of a record names')
  .action((name: string) => onPool(async (pool) => userSheet(await getUser(pool, name))));

program
  .command('invite <email>')
  .description('makes an account whose temporary password is mailed to the address, and puts it into a group')
  .option('--group <group>', 'what the account may do', 'user')
  .action((email: string, { group }: { group: string }) =>
    onPool(async (pool, { cognitoEndpoint }) => {
      await changes.inviteUser(pool, email, group);
      const mail = cognitoEndpoint === undefined ? 'is on its way to the address' : 'is printed where "npm start" runs';
      return [
        `${email} is invited, and in ${group}. The temporary password ${mail}; the first sign-in asks for another.`,
      ];
    }),
  );

program
  .command('confirm <user>')
  .description('confirms a sign-up without its code, which proves no address')
  .action((name: string) =>
    onPool(async (pool) => {
      const user = await changes.confirmUser(pool, name);
      const address = user.emailVerified ? '' : ' This does not prove that the address is theirs.';
      if (user.status === 'UNCONFIRMED') return [`${describeAccount(user)} is confirmed now.${address}`];
      return user.status === 'CONFIRMED'
        ? [`${user.email} was confirmed already.${address}`]
        : [`${user.email} has no sign-up to confirm (${user.status}).`];
    }),
  );

program
  .command('verify-address <user>')
  .description('vouches that whoever holds the account receives mail at its address, and marks it as verified')
  .action((name: string) =>
    onPool(async (pool) => {
      const user = await changes.verifyAddress(pool, name);
      if (user.emailVerified) return [`The address of ${user.email} was verified already.`];
      return [
        `You vouch that whoever holds ${describeAccount(user)} receives mail at that address: it is verified now.`,
      ];
    }),
  );

program
  .command('add-to-group <user> <group>')
  .description('gives a user what the group may do')
  .option('--vouch-for-holder', 'you know who holds the account, which need not have proved its address')
  .action((name: string, group: string, { vouchForHolder }: { vouchForHolder?: boolean }) =>
    onPool(async (pool) => {
      const user = await changes.addToGroup(pool, name, group, vouchForHolder);
      return user.groups.includes(group)
        ? [`${user.email} was in ${group} already.`]
        : [`${describeAccount(user)} is now in ${group}.`, newSignIn];
    }),
  );

program
  .command('remove-from-group <user> <group>')
  .description('takes it away again')
  .action((name: string, group: string) =>
    onPool(async (pool, deployment) => {
      const user = await changes.removeFromGroup(pool, name, group);
      return user.groups.includes(group)
        ? [`${user.email} is no longer in ${group}.`, delayOfRemoval(deployment)]
        : [`${user.email} was not in ${group}.`];
    }),
  );

program
  .command('disable <user>')
  .description('lets somebody sign in no more, and ends their sign-ins')
  .action((name: string) =>
    onPool(async (pool, deployment) => {
      const { email } = await changes.disableUser(pool, name);
      return [`${email} is disabled, and signed out everywhere.`, delayOfSignOut(deployment)];
    }),
  );

program
  .command('enable <user>')
  .description('lets somebody sign in again')
  .action((name: string) =>
    onPool(async (pool) => {
      const { email, enabled, groups } = await changes.enableUser(pool, name);
      if (enabled) return [`${email} was enabled already.`];
      return [`${email} may sign in again, and is in ${groups.join(', ') || 'no group'}.`];
    }),
  );

program
  .command('sign-out <user>')
  .description('ends all sign-ins of somebody, who may sign in again')
  .action((name: string) =>
    onPool(async (pool, deployment) => {
      const { email } = await changes.signOutUser(pool, name);
      return [`${email} is signed out everywhere.`, delayOfSignOut(deployment), ...rememberedBrowsers(deployment)];
    }),
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

export const main = (): Promise<void> => runProgram(program);
