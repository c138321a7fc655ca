/** The authorizer of the gateway believes the tokens of this stack's pool and client alone, and is there where it is chosen. */
import { authorizers, functionCount, tuning } from '../support/packages';
import { onlyResource, resourcesOf, templateOf } from '../support/template';

const gatewayAuthorizer = 'AWS::ApiGatewayV2::Authorizer';
const issuer = { 'Fn::Sub': 'https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${CognitoUserPoolCatalog}' };
const client = { Ref: 'UserPoolClient' };
const consoleClient = { Ref: 'ConsoleClient' };

describe('jwt', () => {
  it('verifies tokens against the pool and clients of this stack', () => {
    expect(resourcesOf(templateOf('jwt'), gatewayAuthorizer)).toEqual([
      [
        'HttpApiAuthorizerCognito',
        {
          ApiId: { Ref: 'HttpApi' },
          Name: 'cognito',
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Audience: [client, consoleClient], Issuer: issuer },
        },
      ],
    ]);
  });
});

describe('lambda', () => {
  const template = templateOf('lambda');

  it('is asked with the header and the route key, and answers in the simple format', () => {
    const [[id, properties] = [], ...others] = resourcesOf(template, gatewayAuthorizer);
    expect([id, others]).toEqual(['HttpApiAuthorizerGroups', []]);
    expect(properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      // Without the route key, a kept allow for one route would be an allow for all of them.
      IdentitySource: ['$request.header.Authorization', '$context.routeKey'],
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
    });
    expect(JSON.stringify(properties?.['AuthorizerUri'])).toContain(
      '{"Fn::GetAtt":["AuthorizeLambdaFunction","Arn"]},"/invocations"',
    );
  });

  it('is asked every time unless the parameter says for how long its answers are kept', () => {
    const kept = (name: string) => onlyResource(templateOf(name), gatewayAuthorizer)['AuthorizerResultTtlInSeconds'];
    expect(kept('lambda')).toBe(0);
    expect(kept('tuned')).toBe(tuning.authorizerCacheSeconds);
  });

  it('verifies tokens against the pool and clients of this stack', () => {
    expect(template.Resources['AuthorizeLambdaFunction']?.Properties).toMatchObject({
      Environment: {
        Variables: { TOKEN_ISSUER: issuer, USER_POOL_CLIENT_ID: client, CONSOLE_CLIENT_ID: consoleClient },
      },
    });
  });

  it('is invoked by this API and nobody else', () => {
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(([, permission]) => permission);
    const allowed = permissions.filter(({ FunctionName }) => JSON.stringify(FunctionName).includes('Authorize'));
    expect(allowed).toEqual([expect.objectContaining({ Principal: 'apigateway.amazonaws.com' })]);
    expect(JSON.stringify(allowed[0]?.['SourceArn'])).toContain(':execute-api:');
    expect(JSON.stringify(allowed[0]?.['SourceArn'])).toContain('{"Ref":"HttpApi"},"/*"');
  });
});

describe.each(authorizers)('behind the authorizer %s', (chosen) => {
  it.each([
    [chosen, 'members'],
    [`public-${chosen}`, 'public'],
  ])('the template %s has what it takes, and nothing of another', (name, reads) => {
    const template = templateOf(name);
    const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
    expect(types.has(gatewayAuthorizer)).toBe(chosen !== 'iam');
    expect(Object.hasOwn(template.Resources, 'AuthorizeLambdaFunction')).toBe(chosen === 'lambda');
    expect(types.has('AWS::Cognito::IdentityPool')).toBe(chosen === 'iam');
    expect(Object.hasOwn(template.Outputs, 'IdentityPoolId')).toBe(chosen === 'iam');

    const functions = resourcesOf(template, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(functionCount(chosen));
    for (const [, { Environment }] of functions) {
      expect(Environment).toMatchObject({ Variables: { AUTHORIZER_TYPE: chosen, READS: reads } });
    }
  });
});
