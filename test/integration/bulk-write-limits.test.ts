/** Rows as large as they may be, in a table of their own: whoever reads all of it waits for them. */
import { bulk, bulkRoute, wordsOf } from '../support/bulk';
import { createCategory, productFields } from '../support/catalog';
import { itAtFullDepth } from '../support/depth';
import { largestProduct } from '../support/largest-product';
import { expectSoundTable, leavingNoTrace } from '../support/table-contents';

let categoryId: string;

beforeAll(async () => {
  categoryId = (await createCategory()).id;
});
afterAll(expectSoundTable);

describe(bulkRoute, () => {
  it('rejects a row that changes more than its history can hold, in a dry run too, and does it in two steps', async () => {
    const { sku } = productFields(categoryId);
    await bulk([{ ...productFields(categoryId), sku, ...largestProduct('a') }]);
    const other = { sku, attributes: largestProduct('b').attributes, replaceAttributes: true };
    for (const dryRun of [true, false]) {
      const [result] = await leavingNoTrace(() => bulk([other], { dryRun }));
      expect(result?.problem).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/rows/0' }] });
    }
    expect(wordsOf(await bulk([{ sku, attributes: null }]))).toEqual(['changed']);
    expect(wordsOf(await bulk([other]))).toEqual(['changed']);
  });

  it('takes rows of the largest products, several transactions of them, and leaves them when they come again', async () => {
    const rows = Array.from({ length: 4 }, () => ({ ...productFields(categoryId), ...largestProduct('a') }));
    expect(Buffer.byteLength(JSON.stringify(rows[0]))).toBeGreaterThan(242_000);
    expect(wordsOf(await bulk(rows))).toEqual(rows.map(() => 'created'));
    expect(wordsOf(await bulk(rows))).toEqual(rows.map(() => 'unchanged'));
  });

  itAtFullDepth('answers in six megabytes: rows whose changes would not fit are not done', async () => {
    const quotes = (pairs: number, text: string) =>
      Object.fromEntries(Array.from({ length: pairs }, (_, number) => [`${text}${number}`, '"'.repeat(1_000)]));
    const make = () => ({ ...productFields(categoryId), attributes: quotes(25, 'a') });
    const rows = Array.from({ length: 3 }, () => Array.from({ length: 18 }, make));
    for (const part of rows) expect(new Set(wordsOf(await bulk(part)))).toEqual(new Set(['created']));
    const emptied = rows.flat().map(({ sku }) => ({ sku, attributes: null }));
    const words = wordsOf(await bulk(emptied));
    expect(new Set(words)).toEqual(new Set(['changed', 'row_not_done']));
    const again = emptied.filter((_, position) => words[position] === 'row_not_done');
    expect(new Set(wordsOf(await bulk(again)))).toEqual(new Set(['changed']));
  });
});
