/** Pictures of a product as requests, rows, files and events tell of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newCatalogue } from '../../cli/catalog/api/catalogue';
import { handler as publishEvents } from '../../functions/publish-events';
import { bulk } from '../support/bulk';
import {
  createCategory,
  createProduct,
  handlerOf,
  ifMatch,
  productFields,
  readProduct,
  send,
} from '../support/catalog';
import { exportTo, importFrom } from '../support/catalog-files';
import { startBus } from '../support/event-bridge';
import { eventFaults } from '../support/event-schemas';
import { batchOf, readStream } from '../support/event-stream';
import { call, fakeContext } from '../support/events';
import { storeForFunctions } from '../support/function-uploads';
import { handlersAsFetch } from '../support/handlers-as-routes';
import type { TestImageStore } from '../support/image-store';
import { productIn } from '../support/representations';
import { addPictures } from '../support/sweeping';
import { expectSoundTable } from '../support/table-contents';
import { newFolder } from '../support/temporary-file';

let store: TestImageStore;
let categoryId: string;

beforeAll(async () => {
  store = await storeForFunctions();
  categoryId = (await createCategory({ slug: 'shoes' })).id;
});

afterAll(() => store.remove());

/** A product with three pictures, and their ids. */
async function pictured() {
  const product = await createProduct(categoryId);
  const [a = '', b = '', c = ''] = await addPictures(product.id, 3);
  return { product: await readProduct(product.id), a, b, c };
}

const labels = async (id: string) => ((await readProduct(id)).images ?? []).map(({ id, alt }) => [id, alt]);
const foreign = '01KB0V5T3DN8Y0QJ6WZ1R4M9CE';

describe('PUT /products/{productId}', () => {
  it('reorders, re-labels and drops pictures by id, and leaves them where it says nothing of them', async () => {
    const { product, a, c } = await pictured();
    const { id, sku, name, price } = product;
    let { version } = product;
    const put = async (more: object) => {
      const body = { sku, name, price, categoryId, ...more };
      const answer = await send('PUT /products/{productId}', { id, body, ...ifMatch(version) });
      if (answer.status === 200) ({ version } = productIn(answer));
      return answer;
    };
    expect((await put({ stockCount: 5 })).body).toMatchObject({ images: product.images });
    expect((await put({ images: [{ id: c, alt: 'Sole' }, { id: a }] })).status).toBe(200);
    expect(await labels(id)).toEqual([
      [c, 'Sole'],
      [a, ''],
    ]);
    expect((await put({ images: [{ id: a }, { id: foreign }] })).body).toMatchObject({
      code: 'invalid_request',
      errors: [{ in: 'body', pointer: '/images/1/id' }],
    });
    expect((await put({ images: [] })).body).not.toHaveProperty('images');
  });
});

describe('POST /admin/products/bulk', () => {
  it('reorders, re-labels and drops pictures by id, and names the entry of one that the product does not have', async () => {
    const { product, a, b } = await pictured();
    const { id, sku } = product;
    const rows = [{ sku, images: [{ id: b }, { id: a, alt: 'Top' }] }];
    expect(await bulk(rows, { dryRun: true })).toMatchObject([
      { action: 'changed', changes: [{ pointer: '/images' }] },
    ]);
    expect(await bulk(rows)).toMatchObject([{ action: 'changed' }]);
    expect(await labels(id)).toEqual([
      [b, ''],
      [a, 'Top'],
    ]);
    const [result] = await bulk([{ sku, images: [{ id: b }, { id: foreign }] }]);
    expect(result?.problem).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/rows/0/images/1/id' }] });
  });

  it('creates a product of a row with an empty list of pictures, and names the entry of one that it cannot have', async () => {
    const rows = [[], null, [{ id: foreign }]].map((images) => ({ ...productFields(categoryId), images }));
    const answered = await bulk(rows);
    expect(answered.map(({ action, problem }) => problem?.['errors'] ?? action)).toEqual([
      'created',
      'created',
      [{ in: 'body', pointer: '/rows/2/images/0/id', detail: 'must be the id of a picture that the product has' }],
    ]);
  });

  it('gives pictures new texts by id, and leaves them all in their order', async () => {
    const { product, a, b, c } = await pictured();
    const { id, sku } = product;
    const rows = [{ sku, imageAlts: { [b]: 'Side' } }];
    expect(await bulk(rows)).toMatchObject([{ action: 'changed' }]);
    expect(await bulk(rows)).toMatchObject([{ action: 'unchanged' }]);
    expect(await labels(id)).toEqual([
      [a, ''],
      [b, 'Side'],
      [c, ''],
    ]);
    const refused = await bulk([
      { sku, imageAlts: { [foreign]: 'x' } },
      { id, imageAlts: { [a]: 'x' }, images: [{ id: a }] },
      { id: foreign, imageAlts: { nothing: 'x' } },
      // Of a new product, there are none yet.
      { ...productFields(categoryId), imageAlts: { [a]: 'x' } },
    ]);
    expect(refused.map(({ action, problem }) => problem?.['errors'] ?? action)).toMatchObject([
      [{ pointer: `/rows/0/imageAlts/${foreign}`, detail: 'is no picture that the product has' }],
      [{ pointer: '/rows/1/imageAlts' }],
      [{ pointer: '/rows/2/imageAlts/nothing' }],
      'created',
    ]);
  });
});

describe('files', () => {
  const client = newCatalogue(
    'http://localhost',
    handlersAsFetch((request) => call(handlerOf(request.routeKey), request)),
  );
  const write = (name: string, content: string) => {
    const file = path.join(newFolder(), name);
    writeFileSync(file, content);
    return file;
  };

  it.each(['csv', 'json'])(
    '.%s take the texts of pictures out and back in, and pictures stay as they are',
    async (format) => {
      const { product, a, b, c } = await pictured();
      const { id, sku } = product;
      await bulk([{ sku, imageAlts: { [a]: '=SUM(A1), "red"' } }]);
      const file = await exportTo(path.join(newFolder(), `products.${format}`), client);
      expect((await importFrom(file, client)).filter(({ action }) => action !== 'unchanged')).toEqual([]);

      const text = readFileSync(file, 'utf8');
      if (format === 'json') {
        const [found] = (JSON.parse(text) as { sku: string }[]).filter((record) => record.sku === sku);
        expect(found).toMatchObject({ images: (product.images ?? []).map(({ id, url }) => ({ id, url })) });
      }
      const [before, after] = format === 'json' ? [`"alt":""`, `"alt":"Heel"`] : [`${c}"":""""`, `${c}"":""Heel""`];
      const at = text.indexOf(before, text.indexOf(c));
      expect(at).toBeGreaterThan(0);
      const edited = write(`products.${format}`, text.slice(0, at) + after + text.slice(at + before.length));
      expect((await importFrom(edited, client)).filter(({ action }) => action !== 'unchanged')).toMatchObject([
        { action: 'changed' },
      ]);
      expect(await labels(id)).toEqual([
        [a, '=SUM(A1), "red"'],
        [b, ''],
        [c, 'Heel'],
      ]);
    },
  );

  it('leave pictures alone that they say nothing of, and name one that the product does not have', async () => {
    const { product } = await pictured();
    const { id, sku, images } = product;
    const import_ = (cells: string) => importFrom(write('products.csv', cells), client);
    expect(await import_(`sku,stockCount\n${sku},7\n`)).toMatchObject([{ action: 'changed' }]);
    expect(await import_(`sku,imageAlts\n${sku},\n`)).toMatchObject([{ action: 'unchanged' }]);
    expect(await import_(`sku,imageAlts\n${sku},"{""${foreign}"":""x""}"\n`)).toMatchObject([
      {
        action: 'rejected',
        reason: expect.stringContaining(`imageAlts/${foreign}: is no picture that the product has`),
      },
    ]);
    expect(await import_(`sku,imageAlts\n${sku},red\n`)).toMatchObject([
      { action: 'rejected', reason: expect.stringContaining('imageAlts: must be a JSON object') },
    ]);
    expect(await import_(`sku,imageAlts\n${sku},[clear]\n`)).toMatchObject([
      { action: 'rejected', reason: 'imageAlts: cannot be cleared' },
    ]);
    expect(await readProduct(id)).toMatchObject({ stockCount: 7, images });
  });
});

it('events of changed products have their pictures, as readers see them', async () => {
  const { product, b } = await pictured();
  const { id } = product;
  await send('PATCH /products/{productId}', { id, body: { images: [{ id: b, alt: 'Side' }] } });
  const bus = await startBus();
  const entries = (await readStream()).filter(({ pk }) => pk === `PRODUCT#${id}`);
  expect(await publishEvents(batchOf(entries), fakeContext(30_000))).toEqual({ batchItemFailures: [] });
  bus.stop();
  expect(bus.delivered.flatMap(eventFaults)).toEqual([]);
  expect(bus.delivered.map((event) => event['detail-type'])).toEqual([
    'product.created',
    ...Array(2).fill('product.updated'),
  ]);
  expect(bus.delivered[1]?.detail['product']).toMatchObject({ images: product.images });
  const url = expect.stringMatching(new RegExp(`^https://images\\.example\\.com/images/${id}/${b}\\.png$`)) as unknown;
  expect(bus.delivered[2]?.detail['product']).toMatchObject({ images: [{ id: b, url, alt: 'Side' }] });
});

afterAll(expectSoundTable);
