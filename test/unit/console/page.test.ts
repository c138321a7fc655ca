import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { pageIn } from '../../../src/console/page';
import { fakeEvent } from '../../support/events';

const folder = mkdtempSync(path.join(tmpdir(), 'catalog-page-'));
mkdirSync(path.join(folder, 'assets'));
const write = (file: string, text: string) => writeFileSync(path.join(folder, `${file}.br`), brotliCompressSync(text));
write('index.html', '<!doctype html>');
write('assets/page-1a2b.js', 'start()');

const pictures = { url: 'https://images.example.com', bucket: 'pictures', region: 'eu-central-1', endpoint: undefined };
const page = pageIn({ pageFolder: folder, pictures });
const get = (rawPath: string, headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' }) =>
  page(fakeEvent({ routeKey: `GET ${rawPath}`, headers }));
const bytesOf = (answer: ReturnType<typeof page>) => Buffer.from(answer.body ?? '', 'base64');

it.each([
  '/console',
  '/console/',
  '/console/products',
  '/console/products/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '/console/assetsx',
])('answers %s with the page, to be asked for anew each time', (rawPath) => {
  const answer = get(rawPath);
  expect(brotliDecompressSync(bytesOf(answer)).toString()).toBe('<!doctype html>');
  expect(answer).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'content-encoding': 'br' },
  });
});

it('answers a file of the build, to be kept for ever', () => {
  const answer = get('/console/assets/page-1a2b.js');
  expect(brotliDecompressSync(bytesOf(answer)).toString()).toBe('start()');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
});

it.each([
  '/console/assets/page-9f9f.js',
  '/console/assets/',
  '/console/assets/../index.html',
  '/console/assets/page-1a2b.js.br',
])('has no %s: a page in its place would be taken for a script', (rawPath) => {
  expect(() => get(rawPath)).toThrow('There is no such page');
});

it.each<Record<string, string>>([{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'gzip, x-br' }])(
  'unpacks it for who sends %j',
  (headers) => {
    const answer = get('/console', headers);
    expect(bytesOf(answer).toString()).toBe('<!doctype html>');
    expect(answer.headers).not.toHaveProperty('content-encoding');
  },
);

it('lets the page run its own files alone, and no text become markup', () => {
  const policy = String(get('/console').headers?.['content-security-policy']);
  expect(policy).not.toContain('unsafe');
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]),
  );
});

it('keeps the page to https and to itself: no other site has its window, its files, or the address it came from', () => {
  expect(get('/console').headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
});

it('lets the page send to the bucket of this stage, and read pictures from where it serves them', () => {
  const policyWith = (of: Parameters<typeof pageIn>[0]['pictures']) =>
    String(
      pageIn({ pageFolder: folder, pictures: of })(fakeEvent({ routeKey: 'GET /console' })).headers?.[
        'content-security-policy'
      ],
    ).split('; ');
  expect(policyWith(pictures)).toEqual(
    expect.arrayContaining([
      "connect-src 'self' https://pictures.s3.eu-central-1.amazonaws.com",
      "img-src 'self' https: data: https://images.example.com",
    ]),
  );
  const endpoint = 'http://127.0.0.1:4566/';
  expect(policyWith({ ...pictures, endpoint })).toContain("connect-src 'self' http://127.0.0.1:4566");
  expect(policyWith(undefined)).toEqual(expect.arrayContaining(["connect-src 'self'", "img-src 'self' https: data:"]));
});

it('does not start without a build', () => {
  expect(() => pageIn({ pageFolder: path.join(folder, 'nowhere'), pictures })).toThrow('ENOENT');
});
