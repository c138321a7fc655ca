/** Fills the local stack with a small catalogue and two users, through Cognito and the API alone. */
import * as z from 'zod/mini';
import { connectToApi, type Api } from '../../deployment/api';
import { signIn, signUp, type Tokens } from '../../deployment/sign-in';
import type { StackInfo } from '../../deployment/stack-info';
import { addToGroup, confirmUser, verifyAddress } from '../../deployment/user-changes';
import { connect, type UserPool } from '../../deployment/user-pool';
import { Failure } from '../../deployment/failure';
import { StartError } from '../processes/start-error';
import { categories } from './catalogue.json';
import { admin, seedUsers, shopper, type SeedUser } from '../../deployment/seed-users';

/** Adds what is not there yet, and leaves the rest as it is. Returns what to print. Throws `StartError`. */
export async function seed(info: StackInfo): Promise<string> {
  try {
    const deployment = { ...info, cognitoEndpoint: info.cognitoUrl, identityEndpoint: info.identityUrl };
    const pool = connect(deployment);
    for (const account of seedUsers) await ensureUser(pool, account);
    await ensureCatalogue(await connectToApi(deployment, await signInAsAdmin(pool)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new StartError(`${error.message} "npm start -- --reset --seed" starts anew.`);
  }
  return `
  Admin      ${admin.email}     ${admin.password}
  Shopper    ${shopper.email}   ${shopper.password}`;
}

async function signInAsAdmin(pool: UserPool): Promise<Tokens> {
  try {
    return await signIn(pool, admin);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`${admin.email} cannot sign in with the password of a seeded user: it has been changed.`);
  }
}

async function ensureUser(pool: UserPool, account: SeedUser): Promise<void> {
  await signUp(pool, account);
  await confirmUser(pool, account.email);
  await verifyAddress(pool, account.email);
  for (const group of account.groups) await addToGroup(pool, account.email, group);
}

async function ensureCatalogue(api: Api): Promise<void> {
  const call = async (path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const request = body ? { method: 'POST', path, headers, body: JSON.stringify(body) } : { method: 'GET', path };
    const response = await api(request);
    const answer: unknown = await response.json();
    if (!response.ok && response.status !== 409) throw new Error(`${path} answered ${JSON.stringify(answer)}`);
    return answer;
  };

  const idOf = new Map<string, string>();
  for (let nextToken: string | undefined = ''; nextToken !== undefined;) {
    const answer = await call(`/categories?limit=100${nextToken && `&nextToken=${nextToken}`}`);
    const page = categoryPage.parse(answer);
    for (const { id, slug } of page.items) idOf.set(slug, id);
    nextToken = page.nextToken;
  }
  for (const { products, ...category } of categories) {
    const categoryId = idOf.get(category.slug) ?? newCategory.parse(await call('/categories', category)).id;
    // A SKU that is taken is a product from an earlier run: 409 changes nothing.
    for (const product of products) await call('/products', { ...product, categoryId });
  }
}

const newCategory = z.object({ id: z.string() });
const categoryPage = z.object({
  items: z.array(z.object({ id: z.string(), slug: z.string() })),
  nextToken: z.optional(z.string()),
});
