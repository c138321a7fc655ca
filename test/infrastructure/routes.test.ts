/** Route, policy, handler and compiled template say the same about who may call what, whoever stands at the gateway. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readService } from '../../deployment/service';
import { groups, levels, policy, type Level } from '../../src/access/policy';
import type { Endpoint } from '../../src/http/endpoint';
import { entryApart, routesApart } from '../support/disagreements';
import { call, type FakeRequest } from '../support/events';
import { authorizers, packageNames } from '../support/packages';
import { resourcesOf, templateOf } from '../support/template';

const { routes } = readService();
const plainReads = [
  ...['GET /categories', 'GET /categories/tree', 'GET /categories/{categoryId}'],
  ...['GET /products', 'GET /products/{productId}'],
];

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
/** What a route has to say that had an authorizer in the deploy before: left out, it stays. */
const opened = { type: 'NONE', authorizer: undefined };

/** The console has no authorizer of the gateway's: its sessions are cookies, and it passes on what the API then decides. */
const { routes: consoleRoutes } = jest.requireActual<{ routes: string[] }>('../../resources/console');
const openToConsole = consoleRoutes.map((routeKey) => [routeKey, open] as const);

it('has the same routes in serverless.yml and policy', () => {
  expect(routesApart(policy)).toEqual([]);
  expect(Object.keys(policy).sort()).toEqual(routes.map(({ routeKey }) => routeKey).sort());
});

it('names file and line of a route that only one of them has', () => {
  const { 'POST /products': level, ...others } = policy;
  expect([level, ...routesApart({ ...others, 'GET /nowhere': 'user' })]).toEqual([
    'admin',
    expect.stringMatching(/^serverless\.yml:\d+: POST \/products has no level in src\/access\/policy\.ts$/),
    'src/access/policy.ts: GET /nowhere is no route of serverless.yml',
  ]);
});

it.each(packageNames)('has these routes and no others in the template: %s', (name) => {
  const described = Object.keys(policy).filter((route) => name !== 'no-images' || !route.endsWith('/images'));
  expect(Object.keys(compiledRoutes(name)).sort()).toEqual([...described, ...consoleRoutes].sort());
});

it('has one file in functions/ for every function, under its name', () => {
  const names = [
    ...new Set(routes.map(({ functionName }) => functionName)),
    'console',
    'join-user-group',
    'authorize',
    'search-products',
    'publish-events',
    'take-search-snapshot',
    'accept-image',
    'sweep-images',
  ];
  const files = readdirSync(functionsFolder).map((file) => path.parse(file).name);
  expect(files.sort()).toEqual(names.sort());
});

describe.each(authorizers)('behind the authorizer %s', (authorizer) => {
  const members = compiledRoutes(authorizer);
  const everyone = compiledRoutes(`public-${authorizer}`);

  it('has no more to ask at the console, for each of its methods', () => {
    expect(consoleRoutes.map((routeKey) => [routeKey, members[routeKey]])).toEqual(openToConsole);
    expect(consoleRoutes).not.toContainEqual(expect.stringMatching(/^(?:ANY|\$default)/));
  });

  it.each(routes)('$routeKey asks for it', ({ routeKey }) => {
    expect(members[routeKey]).toEqual(guards[authorizer]);
  });

  it('opens the plain reads, and no other route, where reads are public, also on a stage that had them closed', () => {
    const expected = routes.map(({ routeKey }) => [
      routeKey,
      plainReads.includes(routeKey) ? opened : guards[authorizer],
    ]);
    expect(everyone).toEqual({ ...Object.fromEntries(expected), ...Object.fromEntries(openToConsole) });
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

const names = Object.keys(groups);
const groupSets = [[], ...names.map((name) => [name]), names, ['another-group'], ['x,admin']];

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

  /** Where the handler and this level part, for every set of groups. */
  async function apartFrom(claimed: Level): Promise<string[]> {
    const sentences: string[] = [];
    for (const set of groupSets) {
      const allowed = set.some((group) => levels[claimed].some((name) => name === group));
      if ((await letsIn('members', { groups: set })) !== allowed) {
        sentences.push(entryApart(functionName, routeKey, set, allowed));
      }
    }
    return sentences;
  }

  it('lets in exactly the groups that the policy does', async () => {
    expect(await apartFrom(level)).toEqual([]);
  });

  it('is named with file and line when it does not', async () => {
    const [another] = Object.keys(levels).filter((name) => name !== level) as Level[];
    const sentences = await apartFrom(another ?? level);
    expect(sentences).not.toEqual([]);
    for (const sentence of sentences) {
      expect(sentence).toMatch(
        new RegExp(
          `^functions/${functionName}\\.ts:\\d+: (?:refuses|lets in) .+; src/access/policy\\.ts:\\d+ (?:lets|does)`,
        ),
      );
    }
  });

  it('lets in someone unknown exactly when it is a plain read and reads are public', async () => {
    expect(await letsIn('members', { authorizer: undefined })).toBe(false);
    expect(await letsIn('public', { authorizer: undefined })).toBe(plainReads.includes(routeKey));
  });
});
