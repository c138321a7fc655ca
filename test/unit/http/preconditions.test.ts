import { ApplicationError, preconditionRequired } from '../../../src/errors';
import type { HttpEvent } from '../../../src/http/event';
import { expectedVersion } from '../../../src/http/preconditions';
import { fakeEvent } from '../../support/events';

const request = (method: string, ifMatch?: string) =>
  fakeEvent({
    routeKey: `${method} /products/{productId}`,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });

/** What is wrong with `If-Match`, as the caller is told. */
function refusalOf(event: HttpEvent, conditional: boolean): string | undefined {
  try {
    expectedVersion(event, conditional);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    const [found, ...others] = error.facts.errors ?? [];
    expect([error.code, others]).toEqual(['invalid_request', []]);
    expect(found).toMatchObject({ in: 'header', pointer: '/if-match' });
    return found?.detail;
  }
}

describe('expectedVersion', () => {
  it.each([
    ['"1"', 1],
    ['"3"', 3],
    [' "42" ', 42],
    ['"999999999999999"', 999_999_999_999_999],
    ['*', undefined],
    [' * ', undefined],
  ])('reads If-Match: %s', (header, version) => {
    expect(expectedVersion(request('PUT', header), true)).toBe(version);
    expect(expectedVersion(request('PATCH', header), true)).toBe(version);
    expect(expectedVersion(request('DELETE', header), true)).toBe(version);
  });

  it.each(['GET', 'POST', 'PATCH', 'DELETE'])('takes any version for a %s without If-Match', (method) => {
    expect(expectedVersion(request(method), true)).toBeUndefined();
    expect(expectedVersion(request(method), false)).toBeUndefined();
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses If-None-Match on a %s, which would not be heeded', (method) => {
    const event = fakeEvent({ routeKey: `${method} /products/{productId}`, headers: { 'if-none-match': '*' } });
    expect(() => expectedVersion(event, true)).toThrow(
      expect.objectContaining({ facts: { errors: [expect.objectContaining({ pointer: '/if-none-match' })] } }),
    );
    event.requestContext.http.method = 'GET';
    expect(expectedVersion(event, false)).toBeUndefined();
  });

  it('asks for If-Match on a PUT', () => {
    expect(() => expectedVersion(request('PUT'), true)).toThrow(preconditionRequired());
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
      expect(refusalOf(request(method, header), true)).toMatch(/^must /);
    }
  });

  it.each(['W/"3"', ' W/"3" ', 'W/"x"', 'W/*'])('says why it refuses the weak ETag %s', (header) => {
    expect(refusalOf(request('PATCH', header), true)).toMatch(/^must not be a weak ETag .*; send "3" for W\/"3"$/);
  });

  it.each(['"1"', '*', 'W/"1"', 'x', ''])('refuses If-Match: %s where no version is changed', (header) => {
    for (const method of ['GET', 'POST']) {
      expect(refusalOf(request(method, header), false)).toMatch(/^has no meaning here/);
    }
  });
});
