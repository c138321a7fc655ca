import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from '../../cli/users';
import { eventually } from '../support/eventually';
import { startLocalPool, type LocalPool } from '../support/local-pool';
import { runHere } from '../support/run-here';
import { cognito, folderOf, password, runningStack, signIn, signUp } from '../support/stack';
import { newFolder } from '../support/temporary-file';

const stack = runningStack();
const users = (args: string, env: NodeJS.ProcessEnv = {}) => runHere(program, args.split(' '), env);

const said = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });
const newSignIn = 'What the group may do shows after a new sign-in; those of before have ended.';
const removalDelay = 'Tokens of before keep the group: they are let in for up to 15 minutes.';
const signOutDelay = 'Access tokens of before are good for up to 15 minutes.';

const subOf = async (email: string): Promise<string> =>
  (await cognito(stack, 'AdminGetUser', { UserPoolId: stack.userPoolId, Username: email })).body.Username;
/** The account as the command names it, to be sure that it is the one meant. */
const account = async (email: string, status: string) => {
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  return `${email.replaceAll('.', String.raw`\.`)} \\(sub ${await subOf(email)}, signed up ${time}, ${status}\\)`;
};

const refreshes = async ({ RefreshToken }: { RefreshToken: string }) =>
  (await cognito(stack, 'GetTokensFromRefreshToken', { ClientId: stack.clientId, RefreshToken })).status === 200;

async function groupsInToken(email: string): Promise<string[]> {
  const [, payload = ''] = (await signIn(stack, email)).AccessToken.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString())['cognito:groups'];
}

/** Where a pool of these tests' own is found: other tests add groups to that of the stack. */
const LOCAL_DIR = newFolder();
let ownPool: LocalPool;
beforeAll(async () => {
  ownPool = await startLocalPool();
  const { cognitoUrl } = ownPool;
  writeFileSync(path.join(LOCAL_DIR, 'stack.json'), JSON.stringify({ ...stack, cognitoUrl }));
  await ownPool.join('users-groups@example.com');
});
afterAll(() => ownPool.stop());

describe('npm run users', () => {
  it('confirms a sign-up, and proves no address by it', async () => {
    const email = 'users-confirm@example.com';
    await cognito(stack, 'SignUp', { ClientId: stack.clientId, Username: email, Password: password });
    expect((await users(`show ${email}`)).stdout).toMatch(/^Verified +no\nStatus +UNCONFIRMED\n/m);

    const unproved = 'This does not prove that the address is theirs.';
    const confirmed = await users(`confirm ${email}`);
    expect(confirmed.stdout).toMatch(
      new RegExp(`^${await account(email, 'UNCONFIRMED')} is confirmed now\\. ${unproved}\n$`),
    );
    expect((await users(`show ${email}`)).stdout).toMatch(
      /^Verified +no\nStatus +CONFIRMED\nEnabled +yes\nGroups +user\nSigned up +20\d\d-.*Z\n/m,
    );
    expect(await users(`confirm ${email}`)).toEqual(said(`${email} was confirmed already. ${unproved}\n`));
    expect(await groupsInToken(email)).toEqual(['user']);
  });

  it('makes nobody an admin who has not proved the address, whoever confirmed them', async () => {
    const email = 'users-boss@corp.example';
    await cognito(stack, 'SignUp', { ClientId: stack.clientId, Username: email, Password: password });
    for (const status of ['UNCONFIRMED', 'CONFIRMED']) {
      const { exitCode, stdout, stderr } = await users(`add-to-group ${email} admin`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(
        new RegExp(
          `^${await account(email, status)} has not proved the address, .*add --vouch-for-holder .* admin\\.\n$`,
        ),
      );
      await users(`confirm ${email}`);
    }
    expect((await users(`show ${email}`)).stdout).toMatch(/^Groups +user$/m);
    const vouched = await users(`add-to-group ${email} admin --vouch-for-holder`);
    expect(vouched.stdout).toMatch(/ is now in admin\.$/m);
  });

  it('makes nobody an admin by an address they have claimed and not proved', async () => {
    const [email, claimed] = ['users-claims@example.com', 'users-cfo@corp.example'];
    await signUp(stack, email);
    const { AccessToken } = await signIn(stack, email);
    const UserAttributes = [{ Name: 'email', Value: claimed }];
    expect(await cognito(stack, 'UpdateUserAttributes', { AccessToken, UserAttributes })).toMatchObject({
      status: 200,
    });
    expect(await users(`add-to-group ${claimed} admin`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`There is no user ${claimed}`),
    });
  });

  it('verifies an address for whoever vouches for it', async () => {
    const email = 'users-verify@example.com';
    await cognito(stack, 'SignUp', { ClientId: stack.clientId, Username: email, Password: password });
    await users(`confirm ${email}`);
    expect((await users(`verify-address ${email}`)).stdout).toMatch(
      new RegExp(`^You vouch that whoever holds ${await account(email, 'CONFIRMED')} receives mail at that address`),
    );
    expect(await users(`verify-address ${email}`)).toEqual(said(`The address of ${email} was verified already.\n`));
    expect((await users(`add-to-group ${email} admin`)).exitCode).toBe(0);
  });

  it('adds a user to a group and removes them again, and says when there is nothing to do', async () => {
    const email = 'users-groups@example.com';
    await signUp(stack, email);
    const before = await signIn(stack, email);

    expect((await users(`add-to-group ${email} admin`)).stdout).toMatch(
      new RegExp(`^${await account(email, 'CONFIRMED')} is now in admin\\.\n${newSignIn}\n$`),
    );
    expect(await refreshes(before)).toBe(false);
    const { RefreshToken } = await signIn(stack, email);
    expect(await users(`add-to-group ${email} admin`)).toEqual(said(`${email} was in admin already.\n`));
    expect(await refreshes({ RefreshToken })).toBe(true);
    expect((await users(`show ${email}`)).stdout).toMatch(/^Groups +admin, user$/m);
    expect(await groupsInToken(email)).toEqual(['admin', 'user']);

    expect(await users(`remove-from-group ${await subOf(email)} admin`)).toEqual(
      said(`${email} is no longer in admin.\n${removalDelay}\n`),
    );
    expect(await users(`remove-from-group ${email} admin`)).toEqual(said(`${email} was not in admin.\n`));
    expect(await groupsInToken(email)).toEqual(['user']);
  });

  it('invites the first admin, who signs in with what was mailed', async () => {
    const email = 'users-invited@example.com';
    expect(await users(`invite ${email} --group admin`)).toEqual(
      said(
        `${email} is invited, and in admin. The temporary password is printed where "npm start" runs; ` +
          'the first sign-in asks for another.\n',
      ),
    );
    const [, temporary = ''] = await eventually('mail', () =>
      /^Mail to users-invited@example\.com: Your username is \S+ and temporary password is (\S+)$/m.exec(
        readFileSync(path.join(folderOf('jwt'), 'start.log'), 'utf8'),
      ),
    );
    const { body: challenge } = await cognito(stack, 'InitiateAuth', {
      ClientId: stack.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: temporary },
    });
    await cognito(stack, 'RespondToAuthChallenge', {
      ClientId: stack.clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: email, NEW_PASSWORD: password },
    });
    expect(await groupsInToken(email)).toEqual(['admin']);
    expect((await users(`show ${email}`)).stdout).toMatch(/^Verified +yes\nStatus +CONFIRMED\n/m);
    expect(await users(`invite ${email.toUpperCase()}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^USERS-INVITED@EXAMPLE\.COM has an account already, which may be anybody's/),
    });
    expect(await users('invite users-nobody@example.com --group owner')).toMatchObject({ exitCode: 1 });
    expect((await users('show users-nobody@example.com')).exitCode).toBe(1);
  });

  it('disables, enables and signs out', async () => {
    const email = 'users-leaves@example.com';
    await signUp(stack, email);
    const first = await signIn(stack, email);
    expect(await users(`sign-out ${email}`)).toEqual(said(`${email} is signed out everywhere.\n${signOutDelay}\n`));
    expect(await refreshes(first)).toBe(false);

    const second = await signIn(stack, email);
    expect(await users(`disable ${await subOf(email)}`)).toEqual(
      said(`${email} is disabled, and signed out everywhere.\n${signOutDelay}\n`),
    );
    expect(await signIn(stack, email)).toBeUndefined();
    expect((await users('list')).stdout).toMatch(/^users-leaves@example\.com +CONFIRMED, disabled +yes +user /m);
    expect(await users(`enable ${email}`)).toEqual(said(`${email} may sign in again, and is in user.\n`));
    expect(await users(`enable ${email}`)).toEqual(said(`${email} was enabled already.\n`));
    expect(await refreshes(second)).toBe(false);
    expect(await signIn(stack, email)).toHaveProperty('AccessToken');
  });

  it('lists the users with their status, groups and ids', async () => {
    await signUp(stack, 'users-list@example.com');
    await cognito(stack, 'SignUp', {
      ClientId: stack.clientId,
      Username: 'users-list-new@example.com',
      Password: password,
    });
    const { exitCode, stdout, stderr } = await users('list');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^EMAIL +STATUS +VERIFIED +GROUPS +SUB\n/);
    expect(stdout).toMatch(/^users-list@example.com +CONFIRMED +yes +user +[\da-f-]{36}$/m);
    expect(stdout).toMatch(/^users-list-new@example.com +UNCONFIRMED +no +none +[\da-f-]{36}$/m);
  });

  it('lists the groups of the pool with their descriptions', async () => {
    expect(await users('groups', { LOCAL_DIR })).toEqual(
      said(
        'GROUP  DESCRIPTION\n' +
          'admin  May change the catalogue\n' +
          'user   May read the catalogue; joined by confirming a sign-up\n',
      ),
    );
  });

  const nobody =
    'There is no user nobody@example.com: "npm run users -- list" shows all, and a sign-up or "npm run users -- invite" adds one.';
  const help = '"npm run users -- --help" shows how it is used.';
  it.each([
    ['show nobody@example.com', nobody],
    ['confirm nobody@example.com', nobody],
    ['verify-address nobody@example.com', nobody],
    ['disable nobody@example.com', nobody],
    ['enable nobody@example.com', nobody],
    ['sign-out nobody@example.com', nobody],
    [
      'show c0ffee00-0000-4000-8000-000000000000',
      nobody.replace('nobody@example.com', 'c0ffee00-0000-4000-8000-000000000000'),
    ],
    ['add-to-group nobody@example.com admin', nobody],
    ['remove-from-group nobody@example.com admin', nobody],
    ['add-to-group users-groups@example.com Admin', 'There is no group "Admin": choose one of admin, user.'],
    ['remove-from-group users-groups@example.com owner', 'There is no group "owner": choose one of admin, user.'],
    ['show', `missing required argument 'user': ${help}`],
    ['show a@example.com b', `too many arguments for 'show'. Expected 1 argument but got 2: ${help}`],
    ['lists', `unknown command 'lists' (Did you mean list?): ${help}`],
    ['list --all', `unknown option '--all': ${help}`],
    ['list --region eu-west-1', '--region goes with --stage: the local stack is in no region.'],
  ])('says in one sentence why "%s" fails', async (args, sentence) => {
    expect(await users(args, { LOCAL_DIR })).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
  });

  it.each([
    [
      'has never run',
      undefined,
      /^No local stack has left its addresses in .*stack\.json: run "npm start" first, or name/,
    ],
    ['has left a damaged stack.json', '{', /^No local stack has left its addresses in .*stack\.json: run "npm start"/],
    [
      'has ended',
      { ...stack, cognitoUrl: 'http://127.0.0.1:1' },
      /^The local stack at http:\/\/127\.0\.0\.1:1 does not answer: run "npm start"/,
    ],
  ])('says in one sentence that the local stack %s', async (_, content, sentence) => {
    const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-users-'));
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    if (content !== undefined) writeFileSync(path.join(LOCAL_DIR, 'stack.json'), text);
    const { exitCode, stdout, stderr } = await users('list', { LOCAL_DIR });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
