/** Fills the local stack with a small catalogue and two users, through Cognito and the API alone. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { connectToApi } from '../../deployment/api';
import { routesOf, type Routes, type Schemas } from '../../deployment/routes';
import { signIn, type Account, type Tokens } from '../../deployment/sign-in';
import type { StackInfo } from '../../deployment/stack-info';
import { addToGroup, verifyAddress } from '../../deployment/user-changes';
import { connect, type UserPool } from '../../deployment/user-pool';
import { Failure } from '../../deployment/failure';
import { textTable } from '../../deployment/text-table';
import { StartError } from '../processes/start-error';
import { categories } from './catalogue';
import { sendPictures } from './pictures';
import { admin, seedUsers, type SeedUser } from '../../deployment/seed-users';

/**
 * Adds what is not there yet, and leaves the rest as it is. Answers two tables, as lines, of what was made and what was there
 * already. Throws `StartError`.
 */
export async function seed(info: StackInfo): Promise<string[]> {
  try {
    const deployment = { ...info, cognitoEndpoint: info.cognitoUrl, identityEndpoint: info.identityUrl };
    const pool = connect(deployment);
    const accounts: string[][] = [];
    for (const account of seedUsers) accounts.push(await ensureUser(pool, account));
    const fetch = await connectToApi(deployment, await signInAsAdmin(pool));
    const catalogue = await ensureCatalogue(routesOf(info.apiUrl, fetch), info.imagesUrl !== undefined);
    return [
      ...textTable([['ACCOUNT', 'PASSWORD', 'GROUPS', ''], ...accounts]),
      '',
      ...textTable([['CATEGORY', '', 'PRODUCTS'], ...catalogue]),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new StartError(`${error.message} "npm start -- --reset --seed" starts anew.`);
  }
}

const [made, there] = ['made', 'there already'];

async function signInAsAdmin(pool: UserPool): Promise<Tokens> {
  try {
    return await signIn(pool, admin);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`${admin.email} cannot sign in with the password of a seeded user: it has been changed.`);
  }
}

async function ensureUser(pool: UserPool, account: SeedUser): Promise<string[]> {
  const isNew = await createUser(pool, account.email);
  const { status } = await verifyAddress(pool, account.email);
  // Of a new one, of a sign-up that was not confirmed, or where a seeding has been killed in between.
  if (status !== 'CONFIRMED') await setPassword(pool, account);
  for (const group of account.groups) await addToGroup(pool, account.email, group);
  return [account.email, account.password, account.groups.join(', '), isNew ? made : there];
}

/** Makes the account as an operator does, for a pool may let nobody sign up. Answers false where there is one already. */
async function createUser({ client, userPoolId }: UserPool, email: string): Promise<boolean> {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const account = { UserPoolId: userPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' } as const;
  try {
    await client.send(new AdminCreateUserCommand(account));
    return true;
  } catch (error) {
    if (error instanceof UsernameExistsException) return false;
    throw error;
  }
}

/** One that counts at once, and confirms the account. */
const setPassword = ({ client, userPoolId }: UserPool, { email, password }: Account) =>
  client.send(
    new AdminSetUserPasswordCommand({
      ...{ UserPoolId: userPoolId, Username: email },
      ...{ Password: password, Permanent: true },
    }),
  );

/** Adds what is not there yet; answers a row for each category. Throws `Failure`. */
export async function ensureCatalogue(routes: Routes, withPictures: boolean): Promise<string[][]> {
  const idOf = new Map<string, string>();
  for (let query: { nextToken?: string } | undefined = {}; query;) {
    const { items, nextToken }: Schemas['CategoryPage'] = done(await routes.GET('/categories', { params: { query } }));
    for (const { id, slug } of items) idOf.set(slug, id);
    query = nextToken === undefined ? undefined : { nextToken };
  }
  const rows: string[][] = [];
  for (const { products, parent = '', ...category } of categories) {
    const known = idOf.get(category.slug);
    const body = { ...category, parentId: idOf.get(parent) ?? null };
    const categoryId = known ?? done(await routes.POST('/categories', { body })).id;
    idOf.set(category.slug, categoryId);
    let count = 0;
    for (const product of products) {
      const answer = await routes.POST('/products', { body: { ...product, categoryId } });
      // A SKU that is taken is a product from an earlier run, which may have ended before its pictures.
      const isThere = answer.response.status === 409;
      if (!isThere) done(answer);
      if (withPictures) await sendPictures(routes, product.sku);
      count += isThere ? 0 : 1;
    }
    rows.push([category.name, known === undefined ? made : there, describeCounts(count, products.length - count)]);
  }
  return rows;
}

const describeCounts = (newOnes: number, others: number) =>
  [newOnes > 0 && `${newOnes} ${made}`, others > 0 && `${others} ${there}`].filter(Boolean).join(', ');

/** What was answered. Throws `Failure` where that is a refusal. */
function done<Data>({ data, response: { url, status } }: { data?: Data; response: Response }): Data {
  if (data === undefined) throw new Failure(`The seeding was refused at ${url} (${status}), and the logs say why.`);
  return data;
}
