import { clientId } from '../../../local/cognito/clients';
import { confirmationCode } from '../../../local/cognito/settings';
import { readService } from '../../../deployment/service';
import { policy } from '../../../src/access/policy';
import { readEnvironment, requests, requestsOfFolders } from '../../support/postman';

const text = (value: unknown) => JSON.stringify(value);
const matchAll = (value: unknown, pattern: RegExp) => [...text(value).matchAll(pattern)].map(([, name]) => name);

const { routes } = readService();

/** Whether a request of the collection goes to this route: `{{apiUrl}}/products/7?limit=1` is `/products/{productId}`. */
function goesTo(routeKey: string, { request }: (typeof requests)[number]): boolean {
  const [path = ''] = request.url.replace('{{apiUrl}}', '').split('?');
  return new RegExp(`^${routeKey.replace(/\{\w+\}/g, '[^/]+')}$`).test(`${request.method} ${path}`);
}

describe('the Postman collection', () => {
  it.each(routes.map(({ routeKey }) => routeKey))('shows how %s is used', (routeKey) => {
    const uses = requestsOfFolders(3, 4, 6).filter((request) => goesTo(routeKey, request));
    expect(uses.length).toBeGreaterThan(0);
  });

  const adminRoutes = Object.keys(policy).filter((routeKey) => policy[routeKey] === 'admin');
  it.each(adminRoutes)('shows that a plain user is refused %s', (routeKey) => {
    const uses = requestsOfFolders(5).filter((request) => goesTo(routeKey, request));
    expect(uses.some(({ event }) => text(event).includes("detail: 'You do not have permission'"))).toBe(true);
  });

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
