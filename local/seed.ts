/** Fills the local stack with a small catalogue and two users, through Cognito and the API alone. */
import * as z from 'zod/mini';
import { signIn, signUp } from '../cli/sign-in';
import { addToGroup, confirmUser, connect, type UserPool } from '../cli/user-pool';
import { Failure } from '../cli/failure';
import { StartError } from './processes';
import { categories } from './seed-catalogue.json';
import type { StackInfo } from './stack';

/** Known to everyone who has this project: for the local stack alone. */
const admin = { email: 'admin@example.com', password: 'Local-admin-1', groups: ['user', 'admin'] };
const shopper = { email: 'shopper@example.com', password: 'Local-shopper-1', groups: ['user'] };

/** Adds what is not there yet, and leaves the rest as it is. Returns what to print. Throws `StartError`. */
export async function seed(info: StackInfo): Promise<string> {
  try {
    const pool = connect({ ...info, cognitoEndpoint: info.cognitoUrl });
    for (const account of [admin, shopper]) await ensureUser(pool, account);
    await ensureCatalogue(info.apiUrl, await signIn(pool, admin));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new StartError(`${error.message} "npm start -- --reset --seed" starts anew.`);
  }
  return `
  Admin      ${admin.email}     ${admin.password}
  Shopper    ${shopper.email}   ${shopper.password}`;
}

async function ensureUser(pool: UserPool, account: typeof admin): Promise<void> {
  await signUp(pool, account);
  await confirmUser(pool, account.email);
  for (const group of account.groups) await addToGroup(pool, account.email, group);
}

async function ensureCatalogue(apiUrl: string, token: string): Promise<void> {
  const call = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const response = await fetch(`${apiUrl}${path}`, request);
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
