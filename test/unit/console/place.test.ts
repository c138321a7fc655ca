import { placeIn } from '../../../src/console/place';

const url = 'https://admin.example.com/console';

it.each([
  ['/console', '/console'],
  [
    '/console/products/01ARZ3NDEKTSV4RRFFQ69G5FAV?tab=history',
    '/console/products/01ARZ3NDEKTSV4RRFFQ69G5FAV?tab=history',
  ],
  ['https://admin.example.com/console/products', '/console/products'],
  ['/console/products#fragment', '/console/products'],
  ['/console/', '/console'],
  ['/console//?status=draft', '/console?status=draft'],
])('goes on at %s', (text, expected) => {
  expect(placeIn(url, text)).toBe(expected);
});

it.each([
  undefined,
  '',
  '/',
  '/products',
  '/consoles',
  '/console-api/products',
  '/console/../products',
  '/console/%2e%2e/products',
  '/console/login',
  '/console/app?code=x',
  '/console/sign-in-failed',
  'https://evil.example.com/console',
  'https://admin.example.com.evil.example/console',
  'https://admin.example.com@evil.example/console',
  'http://admin.example.com/console',
  '//evil.example/console',
  '/\\evil.example/console',
  '\\\\evil.example\\console',
  '/\t/evil.example/console',
  'javascript:alert(1)//console',
  'data:text/html,x',
  `/console/${'x'.repeat(1000)}`,
])('goes home for %j', (text) => {
  expect(placeIn(url, text)).toBe('/console');
});

it('stays on its host, whatever the path looks like', () => {
  const place = placeIn(url, '/console//evil.example');
  expect(new URL(`https://admin.example.com${place}`).host).toBe('admin.example.com');
});
