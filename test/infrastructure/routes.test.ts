/** Route, policy, handler and compiled template say the same about who may call what. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readService } from '../../local/service';
import { levels, policy } from '../../src/access/policy';
import type { Endpoint } from '../../src/http/endpoint';
import { call } from '../support/events';
import { compiledTemplate, resourcesOf } from '../support/template';

const { routes } = readService();
const template = compiledTemplate();

const functionsFolder = path.join(projectRoot, 'functions');

async function loadHandler(functionName: string): Promise<Endpoint> {
  const module = (await import(path.join(functionsFolder, functionName))) as { handler: Endpoint };
  return module.handler;
}

it('has the same routes in serverless.yml, policy and template', () => {
  const declared = routes.map(({ routeKey }) => routeKey).sort();
  const compiled = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey }]) => RouteKey);
  expect(declared).toHaveLength(14);
  expect(Object.keys(policy).sort()).toEqual(declared);
  expect(compiled.sort()).toEqual(declared);
});

it('has one file in functions/ for every function, under its name', () => {
  const names = [...new Set(routes.map(({ functionName }) => functionName)), 'join-user-group'];
  const files = readdirSync(functionsFolder).map((file) => path.parse(file).name);
  expect(files.sort()).toEqual(names.sort());
});

describe.each(routes)('$routeKey', ({ routeKey, functionName }) => {
  const level = policy[routeKey];
  if (!level) throw new Error(`${routeKey} is not in the policy`);

  it('asks for a token of this pool and client at the gateway', () => {
    const route = resourcesOf(template, 'AWS::ApiGatewayV2::Route').find(([, { RouteKey }]) => RouteKey === routeKey);
    expect(route?.[1]).toMatchObject({
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'HttpApiAuthorizerCognito' },
    });
  });

  it.each([[[]], [['user']], [['admin']], [['user', 'admin']], [['movies-group']], [['x,admin']]])(
    'lets in the groups %j exactly when the policy does',
    async (groups: string[]) => {
      const handler = await loadHandler(functionName);
      // No route knows this parameter: whoever is let in gets a 400 before anything is read or written.
      const { status } = await call(handler, { routeKey, groups, query: { unknown: '1' } });
      const allowed = groups.some((group) => levels[level].some((name) => name === group));
      expect(status).toBe(allowed ? 400 : 403);
    },
  );
});

it('verifies tokens against the pool and client of this stack alone', () => {
  expect(resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')).toEqual([
    [
      'HttpApiAuthorizerCognito',
      expect.objectContaining({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: {
          Audience: [{ Ref: 'UserPoolClient' }],
          Issuer: { 'Fn::Sub': 'https://cognito-idp.${AWS::Region}.amazonaws.com/${CognitoUserPoolCatalog}' },
        },
      }),
    ],
  ]);
});
