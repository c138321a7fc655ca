import { readQuery } from '../../../src/http/query';
import { fakeEvent } from '../../support/events';

/** As API Gateway sends it, which joins the values of one name. */
const event = (rawQueryString: string, queryStringParameters: Record<string, string>) => ({
  ...fakeEvent({ routeKey: 'GET /products' }),
  rawQueryString,
  queryStringParameters,
});

describe('readQuery', () => {
  it('is what API Gateway has read', () => {
    expect(readQuery(event('q=red,mug&limit=5', { q: 'red,mug', limit: '5' }))).toEqual({ q: 'red,mug', limit: '5' });
    expect(readQuery(fakeEvent({ routeKey: 'GET /products' }))).toEqual({});
  });

  it.each(['q=red&q=mug', 'q=red&limit=5&%71=mug', 'q=red&q=red', 'q&q'])(
    'refuses a name that comes twice: %s',
    (raw) => {
      expect(() => readQuery(event(raw, { q: 'red,mug' }))).toThrow(
        expect.objectContaining({
          code: 'invalid_request',
          facts: { errors: [{ in: 'query', pointer: '/q', detail: 'is given twice' }] },
        }),
      );
    },
  );
});
