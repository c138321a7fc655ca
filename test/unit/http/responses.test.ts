import { cacheable, created, noContent, ok, page } from '../../../src/http/responses';
import { fakeEvent } from '../../support/events';

const record = { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', name: 'Shoe', version: 3 };
const get = (headers = {}) =>
  fakeEvent({ routeKey: 'GET /products/{productId}', path: { productId: record.id }, headers });

describe('ok', () => {
  it('answers 200 with the record and its ETag', () => {
    expect(ok(record, get())).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', etag: '"3"' },
      body: JSON.stringify(record),
    });
  });
});

describe('created', () => {
  const first = { ...record, version: 1 };
  const post = fakeEvent({ routeKey: 'POST /products' });
  const answer = {
    statusCode: 201,
    headers: { 'content-type': 'application/json', etag: '"1"', location: `/products/${record.id}` },
    body: JSON.stringify(first),
  };

  it('answers 201 with the record, its ETag and its address', () => {
    expect(created({ record: first, replayed: false }, post)).toEqual(answer);
  });

  it('says that a request was repeated, and else answers the same', () => {
    const headers = { ...answer.headers, 'idempotency-replayed': 'true' };
    expect(created({ record: first, replayed: true }, post)).toEqual({ ...answer, headers });
  });
});

describe('cacheable', () => {
  it.each(['"3"', ' "3" ', 'W/"3"', '"1", "3"', '"1",W/"3"', '"3" , "4"', '*'])(
    'answers 304 with the ETag and no body to If-None-Match: %s',
    (header) => {
      expect(cacheable(record, get({ 'if-none-match': header }))).toEqual({
        statusCode: 304,
        headers: { etag: '"3"' },
      });
    },
  );

  it.each(['"2"', '3', '"33"', '"03"', 'w/"3"', '""', '', '"2", W/"4"', "'3'"])(
    'answers 200 to If-None-Match: %s',
    (header) => {
      expect(cacheable(record, get({ 'if-none-match': header }))).toEqual(ok(record, get()));
    },
  );

  it('answers 200 without If-None-Match', () => {
    expect(cacheable(record, get())).toEqual(ok(record, get()));
  });
});

describe('page', () => {
  it.each([{ items: [record], nextToken: record.id }, { items: [] }])('answers 200 with %j', (result) => {
    expect(page(result, get())).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(result),
    });
  });
});

describe('noContent', () => {
  it('answers 204 and nothing else', () => {
    expect(noContent(undefined, get())).toEqual({ statusCode: 204 });
  });
});
