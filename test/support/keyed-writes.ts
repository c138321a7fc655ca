/** Creations with idempotency keys while something is wrong with the stack, and what must be true of them afterwards. */
import { randomUUID } from 'node:crypto';
import type { StackInfo } from '../../deployment/stack-info';
import { eventually } from './eventually';
import type { Answer } from './events';
import { productIn, productsIn, type Product } from './representations';
import { send } from './stack';
import { adminOf } from './tokens';

export interface Write {
  key: string;
  body: { sku: string; name: string; price: object; categoryId: string };
  /** The product, once the stack has answered that it is there. */
  acknowledged?: Product;
}

/** Products to create, in a new category. Each third has a slug that is taken, which the stack finds out by trying. */
export async function newWrites(stack: StackInfo, count: number): Promise<Write[]> {
  const word = randomUUID();
  // The server closes connections that were idle for long, as between two tests: the first request may be sent on such a one.
  const { id: categoryId } = await eventually('category', async () => {
    const request = { token: adminOf(stack), body: { name: word } };
    return (await send(stack.apiUrl, 'POST', '/categories', request).catch(() => undefined))?.body;
  });
  return Array.from({ length: count }, (_, number) => ({
    key: randomUUID(),
    body: {
      sku: `${word}-${number}`,
      name: number % 3 === 0 ? word : `${word} ${number}`,
      price: { amount: number, currency: number % 2 === 0 ? 'EUR' : 'JPY' },
      categoryId,
    },
  }));
}

export const post = (stack: StackInfo, { key, body }: Write): Promise<Answer> =>
  send(stack.apiUrl, 'POST', '/products', { token: adminOf(stack), headers: { 'idempotency-key': key }, body });

/** Expects success or the one refusal that trouble with the database may have. */
function expectAnswered({ status, headers, body }: Answer): void {
  if (status === 201) return;
  expect({ status, code: body?.code, type: headers['content-type'] }).toEqual({
    status: 503,
    code: 'busy',
    type: 'application/problem+json',
  });
  expect(headers['retry-after']).toBe('1');
}

interface Course {
  /** Called with the number acknowledged so far. */
  after?: (acknowledged: number) => Promise<void> | void;
  /** Called where one was refused; who was waits for it, since the writes would be over before a database is back. */
  refused?: () => Promise<void>;
  /** The stack goes away meanwhile: who is not answered at all sends nothing more. */
  ends?: boolean;
}

/** Sends each write once, as so many callers at the same time. */
export async function writeAll(
  stack: StackInfo,
  writes: Write[],
  callers: number,
  { after, refused, ends = false }: Course = {},
): Promise<void> {
  const waiting = writes.values();
  let acknowledged = 0;
  const call = async () => {
    for (const write of waiting) {
      const answer = await (ends ? post(stack, write).catch(() => undefined) : post(stack, write));
      if (!answer) return;
      expectAnswered(answer);
      if (answer.status !== 201) {
        await refused?.();
        continue;
      }
      write.acknowledged = productIn(answer);
      acknowledged += 1;
      await after?.(acknowledged);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

/**
 * Expects every acknowledged write to be there as it was answered, and every other one to be there once after it was sent again
 * under its key.
 */
export async function expectEachOnce(stack: StackInfo, writes: Write[]): Promise<void> {
  const products = new Map<string, Product>();
  for (const write of writes) {
    const answer = write.acknowledged ? undefined : await post(stack, write);
    if (answer) expect({ status: answer.status, sku: answer.body.sku }).toEqual({ status: 201, sku: write.body.sku });
    const product = write.acknowledged ?? (answer && productIn(answer));
    if (product) products.set(product.id, product);
  }
  expect(products.size).toBe(writes.length);

  const listed = await readCategory(stack, writes[0]?.body.categoryId ?? '');
  const byId = [...products.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  expect(listed).toEqual(byId);
}

/** All products of a category, newest first. */
async function readCategory(stack: StackInfo, categoryId: string): Promise<Product[]> {
  const items: Product[] = [];
  let token = '';
  do {
    const query = `?categoryId=${categoryId}&limit=100${token}`;
    const page = productsIn(await send(stack.apiUrl, 'GET', `/admin/products${query}`, { token: adminOf(stack) }));
    items.push(...page.items);
    token = page.nextToken === undefined ? '' : `&nextToken=${page.nextToken}`;
  } while (token !== '');
  return items;
}
