import { ApplicationError, preconditionRequired } from '../../../src/errors';
import { expectedVersion } from '../../../src/http/preconditions';
import { fakeEvent } from '../../support/events';

const request = (method: string, ifMatch?: string) =>
  fakeEvent({
    routeKey: `${method} /products/{productId}`,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });

describe('expectedVersion', () => {
  it.each([
    ['"1"', 1],
    ['"3"', 3],
    [' "42" ', 42],
    ['"999999999999999"', 999_999_999_999_999],
    ['*', undefined],
    [' * ', undefined],
  ])('reads If-Match: %s', (header, version) => {
    expect(expectedVersion(request('PUT', header))).toBe(version);
    expect(expectedVersion(request('PATCH', header))).toBe(version);
    expect(expectedVersion(request('DELETE', header))).toBe(version);
  });

  it.each(['GET', 'POST', 'PATCH', 'DELETE'])('takes any version for a %s without If-Match', (method) => {
    expect(expectedVersion(request(method))).toBeUndefined();
  });

  it('asks for If-Match on a PUT', () => {
    expect(() => expectedVersion(request('PUT'))).toThrow(preconditionRequired());
  });

  it.each([
    '',
    '3',
    '""',
    '"0"',
    '"-1"',
    '"+1"',
    '"01"',
    '"1.5"',
    '"1e3"',
    '"0x1"',
    '"a"',
    '" 3"',
    '"3',
    "'3'",
    'W/"3"',
    '"3", "4"',
    '"3","3"',
    '*, "3"',
    '**',
    '"9999999999999999"',
    '"３"',
  ])('refuses If-Match: %s', (header) => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      let refusal: unknown;
      try {
        expectedVersion(request(method, header));
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(ApplicationError);
      expect(refusal).toMatchObject({
        code: 'invalid_request',
        facts: { errors: [{ in: 'header', pointer: '/if-match' }] },
      });
    }
  });
});
