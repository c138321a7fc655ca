/** Which requests the local gateway takes for rightly signed. */
import { verifySignature, type ReceivedRequest } from '../../../../local/iam/signature';
import {
  host,
  mine,
  minutes,
  now,
  post,
  reauthorized,
  scope,
  sha256,
  signed,
  theirs,
  verify,
  withHeader,
  type Outgoing,
} from '../../../support/signed-requests';

describe('verifySignature accepts', () => {
  it.each<[string, Outgoing]>([
    ['a GET without a query', {}],
    ['a GET with a query', { url: 'http://127.0.0.1:3000/products?limit=5&sku=A-1' }],
    ['a query with repeated keys', { url: 'http://127.0.0.1:3000/products?b=2&a=2&b=1&a=1&a=2' }],
    ['a query with encoded keys and values', { url: 'http://127.0.0.1:3000/p?%C3%BC%26=%3D%26&f%20g=a%2Bb+c&é=ß' }],
    ['a query with parts without a value', { url: 'http://127.0.0.1:3000/products?a&b=&c==' }],
    ['a question mark without a query', { url: 'http://127.0.0.1:3000/products?' }],
    ['a POST with JSON that is not ASCII', post],
    ['a POST without a body', { method: 'POST' }],
    ['a path with encoded characters', { url: 'http://127.0.0.1:3000/products/a%2Fb%20c/ü+*!(1)~;=@:$&,%' }],
    ['a path with empty segments and a slash at its end', { url: 'http://127.0.0.1:3000/products//a/' }],
    ['a host with a port', { url: 'http://localhost:8080/products' }],
    ['a host without a port', { url: 'https://api.example.com/products' }],
    ['headers with white space', { headers: { 'if-match': '  "1",   "2" ' } }],
    ['a header that the library would not sign', { headers: { 'user-agent': 'a', referer: 'b', 'sec-x': 'c' } }],
    ['another signed x-amz-* header', { headers: { 'x-amz-meta': 'a' } }],
    ['a header named __proto__', { headers: Object.fromEntries([['__proto__', 'a']]) }],
    ["the body's hash", { ...post, headers: { 'x-amz-content-sha256': sha256(post.body) } }],
  ])('%s', async (_, outgoing) => {
    expect(await verify(await signed(outgoing))).toBe(mine);
  });

  it('each with their own credentials', async () => {
    expect(await verify(await signed({}, theirs))).toBe(theirs);
  });

  it('a request with headers that are not signed', async () => {
    expect(await verify(withHeader(await signed(), 'accept', '*/*'))).toBe(mine);
    expect(await verify(withHeader(await signed(), 'x-amzn-trace-id', 'Root=1'))).toBe(mine);
  });

  it('a clock that is five minutes fast or slow', async () => {
    expect(await verify(await signed(), { at: minutes(5) })).toBe(mine);
    expect(await verify(await signed(), { at: minutes(-5) })).toBe(mine);
  });
});

describe('verifySignature refuses', () => {
  type Change = (request: ReceivedRequest) => ReceivedRequest;

  it.each<[string, Change]>([
    ['a changed body', (request) => ({ ...request, body: Buffer.from(`${post.body} `) })],
    ['no body', (request) => ({ ...request, body: new Uint8Array() })],
    ['a changed path', (request) => ({ ...request, target: '/products/1?a=1&a=2&b=3' })],
    ['a path in other letters', (request) => ({ ...request, target: '/Products?a=1&a=2&b=3' })],
    ['a path that is encoded otherwise', (request) => ({ ...request, target: '/%70roducts?a=1&a=2&b=3' })],
    ['a path with a slash more', (request) => ({ ...request, target: '/products/?a=1&a=2&b=3' })],
    ['a changed query', (request) => ({ ...request, target: '/products?a=1&a=2&b=4' })],
    ['a query with a value less', (request) => ({ ...request, target: '/products?a=1&b=3' })],
    ['a query with a value more', (request) => ({ ...request, target: '/products?a=1&a=2&a=2&b=3' })],
    ['a query with a key more', (request) => ({ ...request, target: '/products?a=1&a=2&b=3&c' })],
    ['no query', (request) => ({ ...request, target: '/products' })],
    ['a parameter X-Amz-Signature', (request) => ({ ...request, target: `${request.target}&X-Amz-Signature=1` })],
    ['a parameter x%2Damz-signature', (request) => ({ ...request, target: `${request.target}&x%2Damz-signature=1` })],
    ['a parameter __proto__', (request) => ({ ...request, target: `${request.target}&__proto__=1` })],
    ['an empty part in the query', (request) => ({ ...request, target: '/products?a=1&&a=2&b=3' })],
    ['an empty part at the end', (request) => ({ ...request, target: '/products?a=1&a=2&b=3&' })],
    ['a parameter without a name', (request) => ({ ...request, target: '/products?a=1&a=2&b=3&=1' })],
    ['a query that is no UTF-8', (request) => ({ ...request, target: '/products?a=%ff' })],
    ['a query that is badly encoded', (request) => ({ ...request, target: '/products?a=%' })],
    ['half a character in the target', (request) => ({ ...request, target: `${request.target}\ud800` })],
    ['half a character in the path', (request) => ({ ...request, target: '/\ud800?a=1' })],
    ['a target that is a URL', (request) => ({ ...request, target: `http://${host}${request.target}` })],
    ['a changed method', (request) => ({ ...request, method: 'PUT' })],
    ['the same for another route', (request) => ({ ...request, method: 'GET', target: '/admin/products' })],
    ['another host', (request) => withHeader(request, 'host', '127.0.0.1:3001')],
    ['two hosts', (request) => withHeader(request, 'host', `${host},${host}`)],
    ['a changed signed header', (request) => withHeader(request, 'content-type', 'text/plain')],
    ['a changed header of a name that the library ignores', (request) => withHeader(request, 'user-agent', 'other')],
    ['a signed header less', (request) => withHeader(request, 'content-type', undefined)],
    ['no host', (request) => withHeader(request, 'host', undefined)],
    ['no date', (request) => withHeader(request, 'x-amz-date', undefined)],
    ['another date', (request) => withHeader(request, 'x-amz-date', '20300102T030406Z')],
    ['no session token', (request) => withHeader(request, 'x-amz-security-token', undefined)],
    ['another session token', (request) => withHeader(request, 'x-amz-security-token', theirs.sessionToken)],
    ['an x-amz-* header more', (request) => withHeader(request, 'x-amz-meta', 'a')],
    [
      "the body's hash, when it is not signed",
      (request) => withHeader(request, 'x-amz-content-sha256', sha256(post.body)),
    ],
    ['no authorization', (request) => withHeader(request, 'authorization', undefined)],
    ['two authorizations', (request) => reauthorized(request, (text) => `${text},${text}`)],
  ])('%s', async (_, change) => {
    const request = await signed({ ...post, url: `http://${host}/products?a=1&a=2&b=3` });
    expect(await verify(request)).toBe(mine);
    expect(await verify(change(request))).toBeUndefined();
  });

  it.each([
    ['/products?name=a+b', '/products?name=a%20b', 'a space for a plus'],
    ['/*', '*', 'a target that is no path'],
  ])('%s received as %s: %s', async (target, other) => {
    const request = await signed({ url: `http://${host}${target}` });
    expect(await verify(request)).toBe(mine);
    expect(await verify({ ...request, target: other })).toBeUndefined();
  });

  it('a clock that is more than five minutes fast or slow', async () => {
    const request = await signed();
    expect(await verify(request, { at: minutes(5 + 1 / 60) })).toBeUndefined();
    expect(await verify(request, { at: minutes(-5 - 1 / 60) })).toBeUndefined();
  });

  it.each([
    '',
    '2030-01-02T03:04:05Z',
    '20300102T030405',
    '20300102T030405.0Z',
    '20301302T030405Z',
    '20300102T036405Z',
  ])('the timestamp "%s"', async (timestamp) => {
    expect(await verify(withHeader(await signed(), 'x-amz-date', timestamp))).toBeUndefined();
  });

  it('a timestamp that names the same moment in another way', async () => {
    const midnight = new Date('2030-01-02T00:00:00Z');
    const request = await signed({}, mine, scope.region, midnight);
    expect(await verify(request, { at: midnight })).toBe(mine);
    const dayBefore = reauthorized(request, (text) => text.replace('/20300102/', '/20300101/'));
    expect(await verify(withHeader(dayBefore, 'x-amz-date', '20300101T240000Z'), { at: midnight })).toBeUndefined();
  });

  it('credentials from the moment they expire', async () => {
    const request = await signed();
    const verifyWith = (expiresAt: Date) => verifySignature(request, () => ({ ...mine, expiresAt }), scope, now);
    expect(await verifyWith(new Date(now.getTime() + 1))).toMatchObject({ accessKeyId: mine.accessKeyId });
    expect(await verifyWith(now)).toBeUndefined();
    expect(await verifyWith(new Date(NaN))).toBeUndefined();
  });

  it('a signature with another secret', async () => {
    expect(await verify(await signed({}, { ...mine, secretAccessKey: 'other' }))).toBeUndefined();
  });

  it('a session token of another session, rightly signed, wherever the credentials come from', async () => {
    const request = await signed({}, { ...mine, sessionToken: theirs.sessionToken });
    expect(await verify(request)).toBeUndefined();
    expect(await verifySignature(request, () => mine, scope, now)).toBeUndefined();
  });

  it('a signature for another region or another service', async () => {
    const request = await signed();
    for (const within of [
      { ...scope, region: 'us-east-1' },
      { ...scope, service: 'lambda' },
    ]) {
      expect(await verify(request, { within })).toBeUndefined();
    }
    expect(await verify(await signed({}, mine, 'us-east-1'))).toBeUndefined();
  });
});
