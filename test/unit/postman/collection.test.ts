import { clientId, confirmationCode } from '../../../local/user-pool';
import { readService } from '../../../local/service';
import { readEnvironment, requests } from '../../support/postman';

const text = (value: unknown) => JSON.stringify(value);
const matchAll = (value: unknown, pattern: RegExp) => [...text(value).matchAll(pattern)].map(([, name]) => name);

/** A URL of the collection as a pattern of the service: `{{apiUrl}}/products/7?limit=1` is `/products/{productId}`. */
const routesOf = (method: string, url: string) => {
  const [path = ''] = url.replace('{{apiUrl}}', '').split('?');
  return readService()
    .routes.map(({ routeKey }) => routeKey)
    .filter((routeKey) => new RegExp(`^${routeKey.replace(/\{\w+\}/g, '[^/]+')}$`).test(`${method} ${path}`));
};

describe('the Postman collection', () => {
  it.each(readService().routes.map(({ routeKey }) => routeKey))(
    'has %s, as an admin or shopper and refused',
    (routeKey) => {
      const uses = requests.filter(({ request }) => routesOf(request.method, request.url).includes(routeKey));
      expect(uses.length).toBeGreaterThan(0);
    },
  );

  it.each(requests.map((request) => [request.name, request] as const))(
    'tests and describes "%s"',
    (_, { event, request }) => {
      const tests = event.filter(({ listen }) => listen === 'test').flatMap(({ script }) => script.exec);
      expect(tests.join('\n')).toMatch(/pm\.test\(/);
      expect(request.description).not.toBe('');
    },
  );

  it('uses only variables that an environment has or a script sets', () => {
    const known = new Set([
      ...readEnvironment('local').keys(),
      ...matchAll(requests, /pm\.environment\.set\('(\w+)'/g),
    ]);
    const used = [...matchAll(requests, /\{\{(\w+)\}\}/g), ...matchAll(requests, /pm\.environment\.get\('(\w+)'/g)];
    expect(used.filter((name) => name && !known.has(name))).toEqual([]);
  });
});

describe('the Postman environments', () => {
  it('have the same variables', () => {
    expect([...readEnvironment('aws').keys()]).toEqual([...readEnvironment('local').keys()]);
  });

  it('are those of the local stack for npm start', () => {
    expect(Object.fromEntries(readEnvironment('local'))).toMatchObject({
      apiUrl: 'http://127.0.0.1:3000',
      cognitoUrl: 'http://127.0.0.1:9229',
      clientId,
      confirmationCode,
    });
  });
});
