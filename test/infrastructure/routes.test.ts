/** Route, policy, handler and compiled template say the same about who may call what, whoever stands at the gateway. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readService } from '../../deployment/service';
import { levels, policy } from '../../src/access/policy';
import type { Endpoint } from '../../src/http/endpoint';
import { call, type FakeRequest } from '../support/events';
import { authorizers, packageNames } from '../support/packages';
import { resourcesOf, templateOf } from '../support/template';

const { routes } = readService();
const plainReads = ['GET /categories', 'GET /categories/{categoryId}', 'GET /products', 'GET /products/{productId}'];

const functionsFolder = path.join(projectRoot, 'functions');

/** What the gateway asks for at each route of a package. */
const compiledRoutes = (name: string) =>
  Object.fromEntries(
    resourcesOf(templateOf(name), 'AWS::ApiGatewayV2::Route').map(([, route]) => [
      String(route['RouteKey']),
      { type: route['AuthorizationType'], authorizer: route['AuthorizerId'] },
    ]),
  );

const guards = {
  jwt: { type: 'JWT', authorizer: { Ref: 'HttpApiAuthorizerCognito' } },
  lambda: { type: 'CUSTOM', authorizer: { Ref: 'HttpApiAuthorizerGroups' } },
  iam: { type: 'AWS_IAM', authorizer: undefined },
};
const open = { type: undefined, authorizer: undefined };

it('has the same routes in serverless.yml and policy', () => {
  expect(routes).toHaveLength(17);
  expect(Object.keys(policy).sort()).toEqual(routes.map(({ routeKey }) => routeKey).sort());
});

it.each(packageNames)('has these routes and no others in the template: %s', (name) => {
  expect(Object.keys(compiledRoutes(name)).sort()).toEqual(Object.keys(policy).sort());
});

it('has one file in functions/ for every function, under its name', () => {
  const names = [...new Set(routes.map(({ functionName }) => functionName)), 'join-user-group', 'authorize'];
  const files = readdirSync(functionsFolder).map((file) => path.parse(file).name);
  expect(files.sort()).toEqual(names.sort());
});

describe.each(authorizers)('behind the authorizer %s', (authorizer) => {
  const members = compiledRoutes(authorizer);
  const everyone = compiledRoutes(`public-${authorizer}`);

  it.each(routes)('$routeKey asks for it', ({ routeKey }) => {
    expect(members[routeKey]).toEqual(guards[authorizer]);
  });

  it('opens the four plain reads, and no other route, where reads are public', () => {
    const expected = routes.map(({ routeKey }) => [
      routeKey,
      plainReads.includes(routeKey) ? open : guards[authorizer],
    ]);
    expect(everyone).toEqual(Object.fromEntries(expected));
  });
});

/** By function, as a deployment has them whose plain reads are for these. */
const handlers = { members: new Map<string, Endpoint>(), public: new Map<string, Endpoint>() };

beforeAll(async () => {
  for (const reads of ['members', 'public'] as const) {
    process.env['READS'] = reads;
    await jest.isolateModulesAsync(async () => {
      for (const { functionName } of routes) {
        const module = (await import(path.join(functionsFolder, functionName))) as { handler: Endpoint };
        handlers[reads].set(functionName, module.handler);
      }
    });
  }
});

describe.each(routes)('the handler of $routeKey', ({ routeKey, functionName }) => {
  const level = policy[routeKey];
  if (!level) throw new Error(`${routeKey} is not in the policy`);

  /** Whether the handler lets the request in. */
  async function letsIn(reads: 'members' | 'public', caller: Pick<FakeRequest, 'groups' | 'authorizer'>) {
    const handler = handlers[reads].get(functionName);
    if (!handler) throw new Error(`There is no handler ${functionName}`);
    // No route knows this parameter: whoever is let in gets a 400 before anything is read or written.
    const { status } = await call(handler, { routeKey, query: { unknown: '1' }, ...caller });
    expect([400, 403]).toContain(status);
    return status === 400;
  }

  it.each([[[]], [['user']], [['admin']], [['user', 'admin']], [['movies-group']], [['x,admin']]])(
    'lets in the groups %j exactly when the policy does',
    async (groups: string[]) => {
      const allowed = groups.some((group) => levels[level].some((name) => name === group));
      expect(await letsIn('members', { groups })).toBe(allowed);
    },
  );

  it('lets in someone unknown exactly when it is a plain read and reads are public', async () => {
    expect(await letsIn('members', { authorizer: undefined })).toBe(false);
    expect(await letsIn('public', { authorizer: undefined })).toBe(plainReads.includes(routeKey));
  });
});
