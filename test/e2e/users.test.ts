import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runScript } from '../support/run-script';
import { cognito, password, runningStack, signIn, signUp } from '../support/stack';

const stack = runningStack();
const users = (args: string, env: NodeJS.ProcessEnv = {}) => runScript('cli/users.ts', args.split(' '), env);

const said = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });
const delay =
  'Tokens issued before keep their groups for up to 15 minutes; after a new sign-in the change shows at once.';

async function groupsInToken(email: string): Promise<string[]> {
  const [, payload = ''] = (await signIn(stack, email)).AccessToken.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString())['cognito:groups'];
}

describe('npm run users', () => {
  it('confirms a sign-up with its address, once', async () => {
    const email = 'users-confirm@example.com';
    const account = { ClientId: stack.clientId, Username: email, Password: password };
    await cognito(stack, 'SignUp', account);
    expect((await users(`show ${email}`)).stdout).toMatch(/^Verified +no\nStatus +UNCONFIRMED\n/m);

    const verified = 'the e-mail address is verified.';
    expect(await users(`confirm ${email}`)).toEqual(said(`${email} is confirmed now; ${verified}\n`));
    expect((await users(`show ${email}`)).stdout).toMatch(
      /^Verified +yes\nStatus +CONFIRMED\nEnabled +yes\nGroups +user\n/m,
    );
    expect(await users(`confirm ${email}`)).toEqual(said(`${email} was confirmed already; ${verified}\n`));
    expect(await groupsInToken(email)).toEqual(['user']);
  });

  it('shows the address of a user who confirmed the sign-up with its code as verified', async () => {
    const email = 'users-verify@example.com';
    await signUp(stack, email);
    expect((await users(`show ${email}`)).stdout).toMatch(/^Verified +yes\nStatus +CONFIRMED\n/m);
  });

  it('adds a user to a group and removes them again, and says when there is nothing to do', async () => {
    const email = 'users-groups@example.com';
    await signUp(stack, email);

    expect(await users(`add-to-group ${email} admin`)).toEqual(said(`${email} is now in admin.\n${delay}\n`));
    expect(await users(`add-to-group ${email} admin`)).toEqual(said(`${email} was in admin already.\n`));
    expect((await users(`show ${email}`)).stdout).toMatch(/^Groups +admin, user$/m);
    expect(await groupsInToken(email)).toEqual(['admin', 'user']);

    expect(await users(`remove-from-group ${email} admin`)).toEqual(
      said(`${email} is no longer in admin.\n${delay}\n`),
    );
    expect(await users(`remove-from-group ${email} admin`)).toEqual(said(`${email} was not in admin.\n`));
    expect(await groupsInToken(email)).toEqual(['user']);
  });

  it('lists the users with their status and groups', async () => {
    await signUp(stack, 'users-list@example.com');
    await cognito(stack, 'SignUp', {
      ClientId: stack.clientId,
      Username: 'users-list-new@example.com',
      Password: password,
    });
    const { exitCode, stdout, stderr } = await users('list');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^EMAIL +STATUS +VERIFIED +GROUPS\n/);
    expect(stdout).toMatch(/^users-list@example.com +CONFIRMED +yes +user$/m);
    expect(stdout).toMatch(/^users-list-new@example.com +UNCONFIRMED +no$/m);
  });

  it('lists the groups of the pool with their descriptions', async () => {
    expect(await users('groups')).toEqual(
      said(
        'GROUP  DESCRIPTION\n' +
          'admin  May change the catalogue\n' +
          'user   May read the catalogue; joined by confirming a sign-up\n',
      ),
    );
  });

  const nobody = 'There is no user nobody@example.com: "npm run users -- list" shows all, and a sign-up adds one.';
  const help = '"npm run users -- --help" shows how it is used.';
  it.each([
    ['show nobody@example.com', nobody],
    ['confirm nobody@example.com', nobody],
    ['add-to-group nobody@example.com admin', nobody],
    ['remove-from-group nobody@example.com admin', nobody],
    ['add-to-group users-groups@example.com Admin', 'There is no group "Admin": choose one of admin, user.'],
    ['remove-from-group users-groups@example.com owner', 'There is no group "owner": choose one of admin, user.'],
    ['show', `missing required argument 'email': ${help}`],
    ['show a@example.com b', `too many arguments for 'show'. Expected 1 argument but got 2: ${help}`],
    ['lists', `unknown command 'lists' (Did you mean list?): ${help}`],
    ['list --all', `unknown option '--all': ${help}`],
    ['list --region eu-west-1', '--region goes with --stage: the local stack is in no region.'],
  ])('says in one sentence why "%s" fails', async (args, sentence) => {
    expect(await users(args)).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\n` });
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
