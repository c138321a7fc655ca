import newman, { type NewmanRunSummary } from 'newman';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDeployment } from '../../deployment/deployment';
import { connect, listUsers } from '../../deployment/user-pool';
import { isFull, itAtFullDepth } from '../support/depth';
import { readEnvironment, requests } from '../support/postman';
import { item as folders } from '../../postman/catalog.postman_collection.json';
import { program } from '../../postman/run';
import { collection } from '../../postman/run-collection';
import { runHere } from '../support/run-here';
import { runningStack, send } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const stack = runningStack();

/** What a run could have left in catalogue and pool. */
async function leftOvers(): Promise<unknown[]> {
  const token = sign(accessClaims(stack, ['admin']));
  const products = await send(stack.apiUrl, 'GET', '/admin/products?limit=100', { token });
  const categories = await send(stack.apiUrl, 'GET', '/categories?limit=100', { token });
  const users = await listUsers(connect(await findDeployment({})));
  return [
    ...products.body.items.filter(({ sku }: { sku: string }) => sku.startsWith('POSTMAN')),
    ...categories.body.items.filter(({ name }: { name: string }) => name.startsWith('Postman')),
    ...users.filter(({ email }) => email.endsWith('@simulator.amazonses.com')),
  ];
}

/** While it works, thirty products are created and deleted again and again: more than most pages have. */
async function whileOthersWrite(work: () => Promise<void>): Promise<void> {
  const token = sign(accessClaims(stack, ['admin']));
  const post = async (path: string, body: unknown) => (await send(stack.apiUrl, 'POST', path, { token, body })).body;
  const category = await post('/categories', { name: 'Of somebody else' });
  const price = { amount: 1, currency: 'EUR' };
  const skus = Array.from({ length: 30 }, (_, n) => ({
    sku: `BUSY-${n}`,
    name: 'Busy',
    price,
    categoryId: category.id,
  }));
  const rows = skus.map(({ sku }) => ({ sku, version: 1 }));
  const done: string[] = [];
  let working = true;
  const write = async () => {
    while (working) {
      const made = await post('/admin/products/bulk', { rows: skus });
      const gone = await post('/admin/products/bulk-delete', { rows });
      done.push(...[...made.results, ...gone.results].map(({ action }: { action: string }) => action));
    }
  };
  const writing = write();
  await work().finally(() => (working = false));
  await writing;
  expect(new Set(done)).toEqual(new Set(['created', 'deleted']));
}

describe('npm run test:postman', () => {
  async function findAllAsItShouldBe(): Promise<void> {
    const { exitCode, stdout, stderr } = await runHere(program, []);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const said = new RegExp(
      `^${requests.length} requests to ${stack.apiUrl}, (\\d+) checks: all as they should be\\.\n$`,
    );
    expect(stdout).toMatch(said);
    expect(Number(said.exec(stdout)?.[1])).toBeGreaterThanOrEqual(requests.length);
    expect(await leftOvers()).toEqual([]);
  }

  it('finds all as it should be, and leaves nothing behind', findAllAsItShouldBe);

  itAtFullDepth('does so for the second time, while somebody else writes', () => whileOthersWrite(findAllAsItShouldBe));

  it('names the requests that failed, and exits with 1', async () => {
    const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-postman-'));
    const apiUrl = `${stack.cognitoUrl}/not-the-api`;
    // Of each folder, and of each folder in one, the first: what fails is told alike of all 124 requests.
    for (const folder of isFull ? [] : folders.slice(2)) {
      folder.item.splice(1);
      for (const inner of folder.item) if ('item' in inner) inner.item.splice(1);
    }
    writeFileSync(path.join(LOCAL_DIR, 'stack.json'), JSON.stringify({ ...stack, apiUrl }));
    const { exitCode, stdout, stderr } = await runHere(program, [], { LOCAL_DIR });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/ \d+ checks, \d+ failed:\n/);
    expect(stderr).toContain('  Create a category: ');
    expect(stderr).toContain('  List products without a token: is turned away at the gateway: ');
    expect(await leftOvers()).toEqual([]);
  });

  it('says what to do when no stack runs', async () => {
    const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-postman-'));
    const { exitCode, stderr } = await runHere(program, [], { LOCAL_DIR });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^No local stack has left its addresses in .*: run "npm start" first, or name a --stage\.\n$/,
    );
  });
});

describe('the folders 1 and 2 of the collection', () => {
  const environment = (values: Record<string, string>) => {
    const all = { ...Object.fromEntries(readEnvironment('local')), ...values };
    return { values: Object.entries(all).map(([key, value]) => ({ key, value })) };
  };
  const mine = {
    apiUrl: stack.apiUrl,
    cognitoUrl: stack.cognitoUrl,
    adminEmail: 'postman-admin@example.com',
    shopperEmail: 'postman-shopper@example.com',
  };
  const run = (folder: string, values: Record<string, string>) =>
    new Promise<NewmanRunSummary['run']>((resolve, reject) => {
      newman.run({ collection, folder, environment: environment({ ...mine, ...values }) }, (error, summary) => {
        if (error) reject(error);
        else resolve(summary.run);
      });
    });

  it.each([
    ['leaves the confirmation to others without a code', '', 2],
    ['does so again for accounts that are there', '', 2],
    ['confirms with the code', '123456', 4],
    ['finds all confirmed already', '123456', 4],
  ])('%s', async (_, confirmationCode, sent) => {
    const { stats, failures } = await run('1 Sign up', { confirmationCode });
    expect({ sent: stats.requests.total, failures }).toEqual({ sent, failures: [] });
  });

  it('refuses a wrong code', async () => {
    const strangers = { adminEmail: 'postman-a@example.com', shopperEmail: 'postman-b@example.com' };
    const { failures } = await run('1 Sign up', { ...strangers, confirmationCode: '654321' });
    expect(failures.map(({ source }) => source?.name)).toEqual(['Confirm the admin-to-be', 'Confirm the shopper']);
  });

  it('says to put the user into the group admin first', async () => {
    const { failures } = await run('2 Sign in', {});
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/^put the user into the group admin, then sign in again/),
    ]);
  });
});
