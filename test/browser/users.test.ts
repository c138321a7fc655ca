/** Users at the console, and who did what, by address. */
import type { Browser, Page } from 'playwright-core';
import { userPoolId } from '../../local/cognito/settings';
import { startChromium } from '../support/chromium';
import { expectAccessible, expectNothingKept, heading, overflowOf, signedInPages } from '../support/console-page';
import { eventually } from '../support/eventually';
import { newMember } from '../support/members';
import { cognito, runningStack, send, signUp } from '../support/stack';

const stack = runningStack();
const [boss, reader, gone, stranger] = ['boss', 'reader', 'gone', 'stranger'].map(
  (name) => `browser-users-${name}@example.com`,
) as [string, string, string, string];

let browser: Browser;
let open: Awaited<ReturnType<typeof signedInPages>>;

const admin = (operation: string, parameters: object) =>
  cognito(stack, operation, { UserPoolId: userPoolId, ...parameters });
const userOf = async (Username: string) => (await admin('AdminGetUser', { Username })).body;
const groupsOf = async (Username: string) =>
  (await admin('AdminListGroupsForUser', { Username })).body.Groups.map(
    ({ GroupName }: { GroupName: string }) => GroupName,
  );

beforeAll(async () => {
  browser = await startChromium();
  await newMember(stack, boss, ['admin']);
  await signUp(stack, reader);
  open = await signedInPages(browser, stack, boss);
});
afterAll(() => browser.close());

const search = (page: Page) => page.getByLabel('Address begins with');
/** Lists those whose address begins so, and no others any more. */
const find = (page: Page, address: string) =>
  Promise.all([
    page.waitForResponse((response) => response.url().includes(`email=${encodeURIComponent(address)}`)),
    search(page).fill(address),
  ]);

it('asks for an address once, when nobody has typed for a moment', async () => {
  const watched = await open('users');
  const { page } = watched;
  await page.getByRole('rowheader').first().waitFor();
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/console-api/admin/users') asked.push(searchParams.get('email'));
  });
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await search(page).pressSequentially(reader);
  await page.clock.runFor(249);
  expect(asked).toEqual([]);
  await page.clock.resume();
  await page.getByRole('rowheader', { name: boss }).waitFor({ state: 'detached' });
  await page.getByRole('rowheader', { name: reader }).waitFor();
  expect(asked).toEqual([reader]);
  await expectNothingKept(watched);
  await page.context().close();
});

it('invites somebody, who is listed as invited', async () => {
  const watched = await open('users');
  const { page } = watched;
  await heading(page, 'Users').waitFor();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Address').fill('nobody');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await dialog.getByText('must be an e-mail address').waitFor();
  await expectAccessible(watched);
  await dialog.getByLabel('Address').fill('browser-users-new@example.com');
  const group = dialog.getByLabel('Group');
  expect(await group.inputValue()).toBe('user');
  await group.selectOption('admin');
  await dialog.getByText('May change the catalogue').waitFor();
  await group.selectOption('user');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await page.getByText('browser-users-new@example.com is invited').waitFor();
  await find(page, 'browser-users-');
  await page.getByRole('row', { name: 'browser-users-new@example.com Invited Yes user' }).waitFor();
  await expectAccessible(watched);
  expect(await groupsOf('browser-users-new@example.com')).toEqual(['user']);
  await expectNothingKept(watched);
  await page.context().close();
});

it('puts somebody into a group and takes them out, disables and enables', async () => {
  const watched = await open('users');
  const { page } = watched;
  await find(page, reader);
  await page.getByRole('button', { name: `Change ${reader}` }).click();
  const dialog = page.getByRole('dialog', { name: reader });
  await dialog.getByRole('button', { name: 'Add to admin' }).click();
  await dialog.getByRole('button', { name: 'Remove from admin' }).waitFor();
  // What was pressed is the way back now.
  await eventually('focus on it', () => page.evaluate("document.activeElement.textContent === 'Remove from admin'"));
  expect(await groupsOf(reader)).toContain('admin');
  await expectAccessible(watched);
  await dialog.getByRole('button', { name: 'Remove from admin' }).click();
  await dialog.getByRole('button', { name: 'Add to admin' }).waitFor();
  expect(await groupsOf(reader)).toEqual(['user']);
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await dialog.getByRole('button', { name: 'Enable' }).waitFor();
  expect((await userOf(reader)).Enabled).toBe(false);
  await dialog.getByRole('button', { name: 'Enable' }).click();
  await dialog.getByRole('button', { name: 'Disable' }).waitFor();
  expect((await userOf(reader)).Enabled).toBe(true);
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  // Where whoever looks at the dialog sees it, and hears it: all behind is out of reach.
  await dialog.getByRole('status').getByText(`${reader} is signed out everywhere.`).waitFor();
  await expectNothingKept(watched);
  await page.context().close();
});

it('cuts off no part of a long address in what it says of somebody, on a phone', async () => {
  const long = `${'alongaddress'.repeat(5)}@example.com`;
  await newMember(stack, long, []);
  const { page } = await open('users', { viewport: { width: 360, height: 640 } });
  await find(page, long);
  await page.getByRole('button', { name: `Change ${long}` }).click();
  const dialog = page.getByRole('dialog', { name: long });
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await dialog.getByRole('status').getByText(`${long} is disabled, and signed out everywhere.`).waitFor();
  expect(await overflowOf(page, 'dialog')).toBe(0);
  await page.context().close();
});

it('says why somebody who has proved no address gets no group', async () => {
  await admin('AdminCreateUser', { Username: stranger, MessageAction: 'SUPPRESS' });
  const watched = await open('users');
  const { page } = watched;
  await find(page, stranger);
  await page.getByRole('button', { name: `Change ${stranger}` }).click();
  const dialog = page.getByRole('dialog', { name: stranger });
  await dialog.getByRole('button', { name: 'Add to admin' }).click();
  await dialog.getByText('Whoever has this account has not proved its address').waitFor();
  expect(await groupsOf(stranger)).toEqual([]);
  await expectNothingKept(watched);
  await page.context().close();
});

it('asks before somebody takes something from themselves', async () => {
  const watched = await open('users');
  const { page } = watched;
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await find(page, boss);
  await page.getByRole('button', { name: `Change ${boss}` }).click();
  const dialog = page.getByRole('dialog', { name: boss });
  await dialog.getByRole('button', { name: 'Remove from admin' }).click();
  expect(asked).toEqual(['This is your own account. Remove it from admin?']);
  expect(await groupsOf(boss)).toContain('admin');
  await page.context().close();
});

it('shows nobody where no address begins so', async () => {
  const watched = await open('users');
  const { page } = watched;
  await find(page, 'nobody-is-called-so');
  await page.getByText('No user is like that.').waitFor();
  await expectAccessible(watched);
  await expectNothingKept(watched);
  await page.context().close();
});

it('tells an admin who is the last one, and sends a change again after a 503', async () => {
  const watched = await open('users');
  const { page } = watched;
  page.on('dialog', (dialog) => void dialog.accept());
  const answers = [
    { status: 503, code: 'busy', detail: 'The service cannot answer just now; try again' },
    // As `src/users/refusals.ts` has it: on the stack of the tests there are others.
    { status: 409, code: 'last_admin', detail: 'There would be no admin left who can sign in' },
  ];
  const sent: string[] = [];
  await page.route('**/console-api/admin/users/*/groups/admin', (route) => {
    const answer = answers[sent.push(`${route.request().method()} ${route.request().url()}`) - 1];
    return route.fulfill({ contentType: 'application/problem+json', body: JSON.stringify(answer), ...answer });
  });
  await find(page, boss);
  await page.getByRole('button', { name: `Change ${boss}` }).click();
  const dialog = page.getByRole('dialog', { name: boss });
  await dialog.getByRole('button', { name: 'Remove from admin' }).click();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('alert').getByText('There would be no admin left who can sign in.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
  await expectAccessible(watched);
  await expectNothingKept(watched);
  await page.context().close();
});

it('says who did what by address, and by id of who is no more', async () => {
  const other = await newMember(stack, gone, ['admin']);
  const category = { name: 'Who made this' };
  await send(stack.apiUrl, 'POST', '/categories', { token: other.accessToken, body: category });
  const { sub } = JSON.parse(Buffer.from(other.accessToken.split('.')[1] ?? '', 'base64url').toString());
  const watched = await open('activity');
  const { page } = watched;
  const row = page.getByRole('row', { name: 'category Who made this' });
  await row.getByText(gone).waitFor();
  await admin('AdminDeleteUser', { Username: gone });
  await page.reload();
  await row.getByText(sub, { exact: true }).waitFor();
  await expectAccessible(watched);
  await expectNothingKept(watched);
  await page.context().close();
});
