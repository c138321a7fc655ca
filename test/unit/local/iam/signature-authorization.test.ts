/** What the `authorization` of a signed request has to be, and what the signature has to cover. */
import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { signHeaders } from '../../../../src/sign-headers';
import { verifySignature } from '../../../../local/iam/signature';
import {
  host,
  mine,
  now,
  post,
  reauthorized,
  received,
  scope,
  sha256,
  signed,
  theirs,
  verify,
  withHeader,
} from '../../../support/signed-requests';

describe('an authorization is accepted', () => {
  it('with commas with and without white space behind them', async () => {
    const request = await signed();
    expect(await verify(reauthorized(request, (text) => text.replaceAll(', ', ',')))).toBe(mine);
    expect(await verify(reauthorized(request, (text) => text.replaceAll(', ', ',  ')))).toBe(mine);
  });
});

describe('an authorization is refused', () => {
  it.each<[string, (authorization: string) => string]>([
    ['nothing', () => ''],
    ['a token', () => 'Bearer token'],
    ['another algorithm', (text) => text.replace('SHA256', 'SHA512')],
    ['the scheme in small letters', (text) => text.replace('AWS4-HMAC', 'aws4-hmac')],
    ['no algorithm', (text) => text.replace('AWS4-HMAC-SHA256 ', '')],
    ['white space before it', (text) => ` ${text}`],
    ['white space behind it', (text) => `${text} `],
    ['a line break behind it', (text) => `${text}\n`],
    ['a comma behind it', (text) => `${text},`],
    ['white space before a comma', (text) => text.replace(',', ' ,')],
    ['no comma after the credential', (text) => text.replace(', Signed', ' Signed')],
    ['no comma after the signed headers', (text) => text.replace(', Signature', ' Signature')],
    ['other names of its parts', (text) => text.replace('Credential', 'credential')],
    ['its parts in another order', (text) => text.replace(/(Signed.*), (Signature.*)/, '$2, $1')],
    ['a part twice', (text) => `${text}, ${text.slice(-74)}`],
    ['a part more', (text) => text.replace('Signed', 'Extra=1, Signed')],
    ['no access key id', (text) => text.replace(mine.accessKeyId, '')],
    ['an unknown access key id', (text) => text.replace(mine.accessKeyId, 'ASIANOBODY')],
    ['the access key id of others', (text) => text.replace(mine.accessKeyId, theirs.accessKeyId)],
    ['another date in the scope', (text) => text.replace('/20300102/', '/20300103/')],
    ['another region in the scope', (text) => text.replace('eu-central-1', 'us-east-1')],
    ['another service in the scope', (text) => text.replace('execute-api', 'lambda')],
    ['another end of the scope', (text) => text.replace('aws4_request', 'aws5_request')],
    ['a slash more in the scope', (text) => text.replace('/aws4_request', '//aws4_request')],
    ['no signed headers', (text) => text.replace(/(SignedHeaders=)[^,]+/, '$1')],
    ['an empty name among the signed headers', (text) => text.replace('host;', 'host;;')],
    ['an empty name at the end', (text) => text.replace('token,', 'token;,')],
    ['a name twice', (text) => text.replace('host;', 'host;host;')],
    ['names that are not sorted', (text) => text.replace('content-type;host', 'host;content-type')],
    ['a name in capitals', (text) => text.replace(';host;', ';Host;')],
    ['a name of no header', (text) => text.replace('host;', 'host;if-match;')],
    ['a name less', (text) => text.replace('content-type;', '')],
    ['a signature that is too short', (text) => text.slice(0, -1)],
    ['a signature that is too long', (text) => `${text}0`],
    ['a signature in capitals', (text) => text.slice(0, -64) + text.slice(-64).toUpperCase()],
    ['a signature of zeros', (text) => text.slice(0, -64) + '0'.repeat(64)],
  ])('with %s', async (_, change) => {
    const request = await signed(post);
    expect(await verify(request)).toBe(mine);
    expect(await verify(reauthorized(request, change))).toBeUndefined();
  });
});

/** Rightly signed, with exactly these headers, `x-amz-date` and the token: what is wrong with it is something else. */
async function signedWith(headers: Record<string, string>, change: { sessionToken?: undefined } = {}, body = '') {
  const request = { method: 'POST', target: '/products', headers, body };
  const signedHeaders = await signHeaders(request, { ...mine, ...change }, scope, now);
  return received('POST', '/products', signedHeaders ?? {}, body);
}

describe('a right signature is refused', () => {
  it('that leaves out the host', async () => {
    expect(await verify(await signedWith({ host }))).toBe(mine);
    const request = await signedWith({});
    expect(await verify(request)).toBeUndefined();
    expect(await verify(withHeader(request, 'host', host))).toBeUndefined();
  });

  it('that leaves out the session token', async () => {
    const request = await signedWith({ host }, { sessionToken: undefined });
    expect(await verifySignature(request, () => mine, scope, now)).toBeUndefined();
    expect(await verify(withHeader(request, 'x-amz-security-token', mine.sessionToken))).toBeUndefined();
  });

  it('that covers a header that is not there', async () => {
    const request = await signedWith({ host, 'if-match': '' });
    expect(await verify(request)).toBe(mine);
    expect(await verify(withHeader(request, 'if-match', undefined))).toBeUndefined();
  });

  it('over the hash of another body', async () => {
    const request = await signedWith({ host, 'x-amz-content-sha256': sha256(post.body) }, {}, post.body);
    expect(await verify(request)).toBe(mine);
    expect(await verify({ ...request, body: Buffer.from('{}') })).toBeUndefined();
    expect(
      await verify(await signedWith({ host, 'x-amz-content-sha256': sha256('{}') }, {}, post.body)),
    ).toBeUndefined();
  });

  it.each(['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', '', sha256(post.body).toUpperCase()])(
    'over "%s" in place of the hash of the body',
    async (hash) => {
      expect(await verify(await signedWith({ host, 'x-amz-content-sha256': hash }, {}, post.body))).toBeUndefined();
    },
  );
});

describe('verifySignature refuses what the library alone would accept', () => {
  const library = new SignatureV4({
    ...scope,
    credentials: mine,
    sha256: Hash.bind(null, 'sha256'),
    applyChecksum: false,
  });
  const get = (query = {}) => new HttpRequest({ method: 'GET', path: '/products', query, headers: { host } });

  it.each(['X-Amz-Signature', '__proto__'])('a parameter %s, whose value it does not sign', async (name) => {
    const sign = async (value: string) =>
      (await library.sign(get(Object.fromEntries([[name, value]])), { signingDate: now })).headers;
    const headers = await sign('1');
    expect(headers).toEqual(await sign('2'));
    expect(await verify(received('GET', `/products?${name}=1`, headers))).toBeUndefined();
    expect(await verify(received('GET', `/products?${name}=2`, headers))).toBeUndefined();
  });

  it('a URL that was signed in advance', async () => {
    const { query = {} } = await library.presign(get(), { signingDate: now });
    const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    expect(parameters.join('&')).toMatch(/X-Amz-Signature=[0-9a-f]{64}/);
    const presigned = received('GET', `/products?${parameters.join('&')}`, { host });
    expect(await verify(presigned)).toBeUndefined();
    const { headers } = await signed();
    expect(await verify({ ...presigned, headers })).toBeUndefined();
  });
});
