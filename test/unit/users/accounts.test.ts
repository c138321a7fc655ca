/** What admins can do with users over the API, on a local pool. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../../../deployment/service';
import { rounds } from '../../support/depth';
import type { Answer, FakeRequest as EveryRequest } from '../../support/events';
import { startUserRoutes, type UserRoutes } from '../../support/user-routes';

type FakeRequest = Omit<EveryRequest, 'routeKey'>;

let users: UserRoutes;
let boss: string;
let jo: string;
/** Whoever asks; two who can sign in are admins. */
let other: string;

beforeAll(async () => {
  users = await startUserRoutes();
  boss = await users.member('boss@example.com', ['admin']);
  other = await users.member('other-boss@example.com', ['admin']);
  jo = await users.member('jo@example.com', ['user']);
});
afterAll(() => users.stop());

/** The body is held against the document by whoever sends. */
const expectRefusal = (answer: Answer, status: number, code: string) =>
  expect(answer).toMatchObject({ status, body: { code } });

const groupsOf = async (sub: string) =>
  (await users.admin('AdminListGroupsForUser', { Username: sub })).Groups.map(
    ({ GroupName }: { GroupName: string }) => GroupName,
  );
const refresh = (RefreshToken: string) =>
  users.call('GetTokensFromRefreshToken', { ClientId: users.clientId, RefreshToken });
const isEnabled = async (sub: string) => (await users.getUser(sub)).Enabled;
const nobody = 'b3a4c852-7091-70f5-1a2e-3c0d5be3a1f7';
const membership = (sub: string, group: string) => ({ path: { sub, group } });

describe('GET /admin/users', () => {
  it('answers every user once, page by page, with groups', async () => {
    const seen: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const query = { limit: '2', ...(nextToken === undefined ? {} : { nextToken }) };
      const { status, body } = await users.send('GET /admin/users', { query });
      expect([status, body.items.length <= 2]).toEqual([200, true]);
      seen.push(...body.items.map(({ email, groups }: { email: string; groups: string[] }) => [email, groups]));
      ({ nextToken } = body);
    } while (nextToken !== undefined);
    expect(seen.sort()).toEqual([
      ['boss@example.com', ['admin']],
      ['jo@example.com', ['user']],
      ['other-boss@example.com', ['admin']],
    ]);
  });

  it('finds addresses by how they begin, in any case, whatever they hold', async () => {
    const found = async (email: string) =>
      (await users.send('GET /admin/users', { query: { email } })).body.items.map((user: { sub: string }) => user.sub);
    expect(await found('jo@')).toEqual([jo]);
    expect(await found('JO@Example')).toEqual([jo]);
    expect(await found('jo@" or email ^= "')).toEqual([]);
    expect(await found('\\')).toEqual([]);
  });

  it('refuses a token that is none', async () => {
    const answer = await users.send('GET /admin/users', { query: { nextToken: 'x' } });
    expectRefusal(answer, 400, 'invalid_request');
    expect(answer.body.errors[0].pointer).toBe('/nextToken');
  });
});

describe('GET /admin/users/{sub}', () => {
  it('answers the user, without anything to sign in with', async () => {
    const { status, body } = await users.send('GET /admin/users/{sub}', { path: { sub: jo } });
    expect([status, body]).toEqual([
      200,
      {
        sub: jo,
        email: 'jo@example.com',
        emailVerified: true,
        status: 'CONFIRMED',
        enabled: true,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        groups: ['user'],
      },
    ]);
  });

  it('answers 404 for nobody, and 400 for an address', async () => {
    expectRefusal(await users.send('GET /admin/users/{sub}', { path: { sub: nobody } }), 404, 'not_found');
    const byAddress = await users.send('GET /admin/users/{sub}', { path: { sub: 'jo@example.com' } });
    expectRefusal(byAddress, 400, 'invalid_request');
  });
});

describe('POST /admin/users', () => {
  it('invites: the password goes to the address alone, and whoever signs in with it is in the group', async () => {
    const body = { email: 'new@example.com', group: 'admin' };
    const answer = await users.send('POST /admin/users', { body });
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: `/admin/users/${answer.body.sub}` },
      body: { email: 'new@example.com', status: 'FORCE_CHANGE_PASSWORD', groups: ['admin'] },
    });
    const [mail] = users.mails.filter(({ to }) => to === 'new@example.com');
    const password = / is (\S+)$/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(password).not.toBe('');
    expect(JSON.stringify(answer)).not.toContain(password);
    expect(await groupsOf(answer.body.sub)).toEqual(['admin']);
  });

  it('mails another password to who was invited and has not signed in yet, and adds the group', async () => {
    const email = 'late@example.com';
    const first = await users.send('POST /admin/users', { body: { email } });
    const again = await users.send('POST /admin/users', { body: { email: 'Late@example.com', group: 'admin' } });
    expect(again).toMatchObject({
      status: 201,
      headers: { location: `/admin/users/${first.body.sub}` },
      body: { sub: first.body.sub, email, emailVerified: true, groups: ['admin', 'user'] },
    });
    const passwords = users.mails.filter(({ to }) => to === email).map(({ text }) => / is (\S+)$/.exec(text)?.[1]);
    expect([passwords.length, new Set(passwords).size]).toEqual([2, 2]);
    const signIn = (PASSWORD = '') =>
      users.call('InitiateAuth', {
        ClientId: users.clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD },
      });
    expect(await signIn(passwords[0])).toMatchObject({ status: 400 });
    expect(await signIn(passwords[1])).toMatchObject({ body: { ChallengeName: 'NEW_PASSWORD_REQUIRED' } });
  });

  it('answers 409 for an account that somebody has made by themselves, confirmed or not, and mails nothing', async () => {
    await users.signUp('squatter@example.com');
    const mails = users.mails.length;
    const answer = await users.send('POST /admin/users', { body: { email: 'squatter@example.com', group: 'admin' } });
    expectRefusal(answer, 409, 'account_exists');
    expect(users.mails).toHaveLength(mails);
  });

  it('puts into the group of readers whom nobody says a group of', async () => {
    const { body } = await users.send('POST /admin/users', { body: { email: 'reader@example.com' } });
    expect(await groupsOf(body.sub)).toEqual(['user']);
  });

  it('answers 409 for an address that has an account, in any case, and leaves it as it is', async () => {
    const answer = await users.send('POST /admin/users', { body: { email: 'JO@example.com', group: 'admin' } });
    expectRefusal(answer, 409, 'account_exists');
    expect(await groupsOf(jo)).toEqual(['user']);
  });

  it.each(['jo', 'jo@', 'a b@example.com', 'jo@example.com\n', 'jö@example.com', `${'x'.repeat(120)}@example.com`])(
    'answers 400 for %j',
    async (email) => {
      const answer = await users.send('POST /admin/users', { body: { email } });
      expectRefusal(answer, 400, 'invalid_request');
      expect(answer.body.errors[0].pointer).toBe('/email');
    },
  );

  it('answers 400 for a group that there is not', async () => {
    const answer = await users.send('POST /admin/users', { body: { email: 'x@example.com', group: 'Admin' } });
    expectRefusal(answer, 400, 'invalid_request');
  });
});

describe('PUT and DELETE /admin/users/{sub}/groups/{group}', () => {
  const [put, remove] = ['PUT', 'DELETE'].map((method) => `${method} /admin/users/{sub}/groups/{group}`) as [
    string,
    string,
  ];

  it('puts in and takes out, and says the same when it is done again', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await users.send(put, membership(jo, 'admin'));
      expect([status, body.groups, await groupsOf(jo)]).toEqual([200, ['admin', 'user'], ['user', 'admin']]);
    }
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await users.send(remove, membership(jo, 'admin'));
      expect([status, body.groups, await groupsOf(jo)]).toEqual([200, ['user'], ['user']]);
    }
  });

  it('gives a group to nobody who has signed in before: it may be whoever made the account in their name', async () => {
    const { RefreshToken } = await users.signIn('jo@example.com');
    expect((await refresh(RefreshToken)).status).toBe(200);
    expect((await users.send(put, membership(jo, 'admin'))).status).toBe(200);
    expect((await refresh(RefreshToken)).status).toBe(400);
    await users.send(remove, membership(jo, 'admin'));
  });

  it('gives no group to who has not confirmed, or has not proved the address', async () => {
    const stranger = await users.signUp('stranger@example.com');
    expectRefusal(await users.send(put, membership(stranger, 'admin')), 409, 'account_unproved');
    // Who sets an address may vouch for it, and the account still waits for its code.
    const vouch = (Value: string) =>
      users.admin('AdminUpdateUserAttributes', {
        Username: stranger,
        UserAttributes: [{ Name: 'email_verified', Value }],
      });
    await vouch('true');
    expectRefusal(await users.send(put, membership(stranger, 'admin')), 409, 'account_unproved');
    await vouch('false');
    // An operator's word confirms the account, and proves nothing.
    await users.admin('AdminConfirmSignUp', { Username: stranger });
    expectRefusal(await users.send(put, membership(stranger, 'admin')), 409, 'account_unproved');
    expect(await groupsOf(stranger)).not.toContain('admin');
  });

  it('answers 404 for nobody, and 400 for a group that there is not', async () => {
    expectRefusal(await users.send(put, membership(nobody, 'admin')), 404, 'not_found');
    expectRefusal(await users.send(remove, membership(nobody, 'admin')), 404, 'not_found');
    expectRefusal(await users.send(put, membership(jo, 'x')), 400, 'invalid_request');
  });
});

const setEnabled = (sub: string, enabled: boolean) =>
  users.send('PATCH /admin/users/{sub}', { path: { sub }, body: { enabled } });

describe('PATCH /admin/users/{sub}, POST /admin/users/{sub}/sign-out', () => {
  const signOut = (sub: string) => users.send('POST /admin/users/{sub}/sign-out', { path: { sub } });

  it('keeps somebody out, and ends their sign-ins, also once they may come back', async () => {
    const { RefreshToken } = await users.signIn('jo@example.com');
    expect(await setEnabled(jo, false)).toMatchObject({ status: 200, body: { sub: jo, enabled: false } });
    expect(await isEnabled(jo)).toBe(false);
    expect(await setEnabled(jo, true)).toMatchObject({ status: 200, body: { enabled: true } });
    expect(await isEnabled(jo)).toBe(true);
    expect((await refresh(RefreshToken)).status).toBe(400);
  });

  it('signs out everywhere, and lets sign in again', async () => {
    const { RefreshToken } = await users.signIn('jo@example.com');
    expect(await signOut(jo)).toMatchObject({ status: 200, body: { enabled: true } });
    expect((await refresh(RefreshToken)).status).toBe(400);
    expect(await users.signIn('jo@example.com')).toHaveProperty('AccessToken');
  });

  it('answers 404 for nobody', async () => {
    expectRefusal(await setEnabled(nobody, false), 404, 'not_found');
    expectRefusal(await setEnabled(nobody, true), 404, 'not_found');
    expectRefusal(await signOut(nobody), 404, 'not_found');
  });
});

describe('a user who is deleted after the first look at them', () => {
  async function whileDeleted(command: string, routeKey: string, request: FakeRequest): Promise<Answer> {
    const sub = await users.member('gone@example.com', ['admin']);
    const { client } = (await import('../../../src/users/user-pool')).pool;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === `${command}Command`) await users.admin('AdminDeleteUser', { Username: sub });
        return next(args);
      },
      { step: 'initialize', name: 'deletion' },
    );
    const answer = await users.send(routeKey, { ...request, path: { sub, ...request.path } });
    client.middlewareStack.remove('deletion');
    return answer;
  }

  it.each<[string, string, FakeRequest]>([
    ['AdminAddUserToGroup', 'PUT /admin/users/{sub}/groups/{group}', { path: { group: 'user' } }],
    ['AdminRemoveUserFromGroup', 'DELETE /admin/users/{sub}/groups/{group}', { path: { group: 'admin' } }],
    ['AdminDisableUser', 'PATCH /admin/users/{sub}', { body: { enabled: false } }],
    ['AdminUserGlobalSignOut', 'POST /admin/users/{sub}/sign-out', {}],
  ])('is answered with 404, where it was before %s', async (command, routeKey, request) => {
    expectRefusal(await whileDeleted(command, routeKey, request), 404, 'not_found');
  });

  it('is left out of the list', async () => {
    const command = 'AdminListGroupsForUser';
    const { status, body } = await whileDeleted(command, 'GET /admin/users', { query: { email: 'gone@' } });
    expect([status, body.items]).toEqual([200, []]);
  });
});

describe('the last admin who can sign in', () => {
  const leave = (sub: string) => users.send('DELETE /admin/users/{sub}/groups/{group}', membership(sub, 'admin'));
  const disable = (sub: string) => setEnabled(sub, false);

  it('stays one: who is invited, disabled or unconfirmed does not count', async () => {
    await users.send('POST /admin/users', { body: { email: 'invited@example.com', group: 'admin' } });
    const unconfirmed = await users.signUp('unconfirmed@example.com');
    await users.admin('AdminAddUserToGroup', { Username: unconfirmed, GroupName: 'admin' });
    expect((await disable(other)).status).toBe(200);
    const { RefreshToken } = await users.signIn('boss@example.com');
    expectRefusal(await leave(boss), 409, 'last_admin');
    expectRefusal(await disable(boss), 409, 'last_admin');
    expect([await groupsOf(boss), await isEnabled(boss)]).toEqual([['admin'], true]);
    expect((await refresh(RefreshToken)).status).toBe(200);
    await setEnabled(other, true);
  });

  it('is there however many take it from each other at once', async () => {
    for (let round = 0; round < rounds(10); round += 1) {
      const both = [boss, other];
      for (const sub of both) await users.admin('AdminAddUserToGroup', { Username: sub, GroupName: 'admin' });
      const answers = await Promise.all([leave(boss), leave(other), disable(boss), disable(other)]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
      const left = await Promise.all(
        both.map(async (sub) => (await isEnabled(sub)) === true && (await groupsOf(sub)).includes('admin')),
      );
      expect(left).toContain(true);
      for (const sub of both) await users.admin('AdminEnableUser', { Username: sub });
    }
  });
});

it('asks Cognito for what the roles of the functions allow, and for nothing else', () => {
  const roleFile = z.object({ Resources: z.record(z.string(), z.any()) });
  const { Resources } = roleFile.parse(load(readFileSync(path.join(projectRoot, 'resources', 'roles.yml'), 'utf8')));
  for (const [name, actions] of users.performed) {
    const role = `${name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Role`;
    const [logs, pool, ...more] = Resources[role].Properties.Policies[0].PolicyDocument.Statement;
    expect([name, more, logs.Action]).toEqual([name, [], ['logs:CreateLogStream', 'logs:PutLogEvents']]);
    expect(pool.Resource).toEqual({ 'Fn::GetAtt': ['CognitoUserPoolCatalog', 'Arn'] });
    expect([name, [...actions].sort()]).toEqual([name, [...pool.Action].sort()]);
  }
});
