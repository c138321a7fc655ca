/** Histories near the limits of DynamoDB (400 KB for an item, 1 MB for a query) and of Lambda (6 MB for an answer). */
import { createCategory, createProduct, handlerOf, productFields, readProduct, send } from '../support/catalog';
import { fakeContext, fakeEvent } from '../support/events';
import { contentOf, rebuild } from '../support/histories';
import { historyPages, productHistory, readHistory } from '../support/history-pages';
import { expectProblem } from '../support/problems';
import { productIn, type Product } from '../support/representations';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

/** Four bytes in UTF-8, which is what DynamoDB counts. */
const wide = '👟';

/** Thirteen attributes, as many as a request body holds where names and values are as long as they may be. */
const thirteenFrom = (start: number) =>
  Object.fromEntries(
    Array.from({ length: 13 }, (_, index) => [
      `${wide.repeat(98)}${String(start + index).padStart(2, '0')}`,
      wide.repeat(1_000),
    ]),
  );

async function patch(id: string, body: object): Promise<Product> {
  const answer = await send('PATCH /products/{productId}', { id, body });
  expect(answer.status).toBe(200);
  return productIn(answer);
}

/** Every field as long as it may be, put together by several requests: a quarter of a megabyte. */
async function createLargest(): Promise<Product> {
  const description = wide.repeat(5_000);
  const imageUrl = `https://example.com/${'a'.repeat(2_028)}`;
  const { id } = await createProduct((await createCategory()).id, { name: wide.repeat(200), description, imageUrl });
  for (const start of [0, 12, 24]) await patch(id, { attributes: thirteenFrom(start) });
  const largest = await patch(id, { attributes: thirteenFrom(37) });
  expect(Object.keys(largest.attributes ?? {})).toHaveLength(50);
  expect(Buffer.byteLength(JSON.stringify(largest))).toBeGreaterThan(243_000);
  return largest;
}

describe('the largest product', () => {
  it('comes back from its deletion as it was', async () => {
    const { updatedAt, updatedBy, version, ...largest } = await createLargest();
    const { id } = largest;
    expect((await send('DELETE /products/{productId}', { id })).status).toBe(204);
    expect((await send('POST /admin/products/{productId}/restore', { id })).status).toBe(200);
    expect(await readProduct(id)).toMatchObject({ ...largest, version: version + 2 });
  });

  it('has a history also where all of it is replaced by as much as one request can bring', async () => {
    const { id, version, categoryId } = await createLargest();
    const body = { ...productFields(categoryId), attributes: thirteenFrom(87) };
    const put = { id, body, headers: { 'if-match': `"${version}"` } };
    expect((await send('PUT /products/{productId}', put)).status).toBe(200);
    const history = await readHistory(productHistory, id, { limit: '100' });
    expect(rebuild(history.reverse())).toEqual(contentOf(await readProduct(id)));
  });
});

it('PUT /products/{productId} returns 413 for text that outgrows a request once it is normalised', async () => {
  const { id, version, categoryId } = await createProduct((await createCategory()).id);
  // Four bytes that become twelve.
  const grows = '\u{1d160}'.repeat(322);
  const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}`, grows]));
  const put = { id, body: { ...productFields(categoryId), attributes }, headers: { 'if-match': `"${version}"` } };
  expectProblem(await leavingNoTrace(() => send('PUT /products/{productId}', put)), 413, 'body_too_large');
});

describe('a history too large for one query', () => {
  /** Text that JSON escapes, and the answer to Lambda once more: a byte of it takes four. */
  const escaped = ['"', '\\'].map((sign) =>
    Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`name-${index}`, sign.repeat(1_000)])),
  );
  const writes = 19;
  const seed = { id: '' };

  beforeAll(async () => {
    seed.id = (await createProduct((await createCategory()).id)).id;
    for (let write = 0; write < writes; write += 1) await patch(seed.id, { attributes: escaped[write % 2] });
  });

  it('is told in pages with a nextToken where a query ends early, every version once', async () => {
    const pages = await historyPages(productHistory, seed.id, { limit: '100' });
    expect(pages.length).toBeGreaterThan(1);
    const versions = pages.flat().map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: writes + 1 }, (_, index) => writes + 1 - index));
  });

  it('ends pages at their limit too', async () => {
    const pages = await historyPages(productHistory, seed.id, { limit: '7' });
    expect(pages.map((page) => page.length)).toEqual([7, 7, 6]);
  });

  it('fits into what a function may answer, even where each byte takes four', async () => {
    const path = { productId: seed.id };
    const event = fakeEvent({ routeKey: productHistory, path, query: { limit: '100' } });
    const answer = JSON.stringify(await handlerOf(productHistory)(event, fakeContext()));
    expect(Buffer.byteLength(answer)).toBeGreaterThan(3.5 * 1024 * 1024);
    expect(Buffer.byteLength(answer)).toBeLessThan(6 * 1024 * 1024);
  });
});

afterAll(expectSoundTable);
