/** What functions are told by their environment, and commands by the outputs of the stack. */
import { authorizers } from '../support/packages';
import { resourcesOf, templateOf } from '../support/template';

const environmentsOf = (template: string) =>
  resourcesOf(templateOf(template), 'AWS::Lambda::Function').map(([id, { Environment }]) => {
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    return {
      name: id
        .replace(/LambdaFunction$/, '')
        .replaceAll('Dash', '-')
        .toLowerCase(),
      variables: Variables,
    };
  });

it.each([
  ...authorizers.map((authorizer) => [authorizer, authorizer, 'members']),
  ...authorizers.map((authorizer) => [`public-${authorizer}`, authorizer, 'public']),
])('every function knows its table, who stands at the gateway and who may read: %s', (template, authorizer, reads) => {
  const environments = environmentsOf(template);
  expect(environments.length).toBeGreaterThan(20);
  for (const { variables } of environments) {
    expect(variables).toMatchObject({
      TABLE_NAME: { Ref: 'CatalogTable' },
      AUTHORIZER_TYPE: authorizer,
      READS: reads,
      READS_MAX_AGE: '0',
      GROUP_ROLE_PREFIX: 'admin-catalog-dev-eu-central-1',
      IMAGES_URL: { 'Fn::Sub': 'https://${ImagesDistribution.DomainName}' },
    });
  }
});

const ofUsers = ['change-user-access', 'change-user-groups', 'get-user', 'invite-user', 'list-users'];

it.each([
  ['TOKEN_ISSUER', 'lambda', ['authorize', ...ofUsers, 'console']],
  ['TOKEN_ISSUER', 'jwt', [...ofUsers, 'console']],
  ['USER_POOL_CLIENT_ID', 'lambda', ['authorize']],
  ['SEARCH_FUNCTION', 'jwt', ['list-all-products', 'list-products']],
  ['SEARCH_SNAPSHOTS', 'jwt', ['search-products', 'take-search-snapshot']],
  ['EVENT_BUS', 'jwt', ['publish-events']],
  ['IMAGES_BUCKET', 'jwt', ['accept-image', 'console', 'create-image-upload', 'sweep-images']],
  ['IDENTITY_POOL_ID', 'iam', ['console']],
  ['IDENTITY_POOL_ID', 'jwt', []],
])('%s is known to those that ask for it, and to no others: %s', (variable, template, names) => {
  const knowing = environmentsOf(template).filter(({ variables }) => variable in variables);
  expect(knowing.map(({ name }) => name).sort()).toEqual([...names].sort());
});

it('the lists of products ask the function that has the name of the search function', () => {
  const [search] = resourcesOf(templateOf('jwt'), 'AWS::Lambda::Function').filter(([id]) => /^SearchD/.test(id));
  const asking = environmentsOf('jwt').filter(({ variables }) => 'SEARCH_FUNCTION' in variables);
  for (const { variables } of asking) expect(variables['SEARCH_FUNCTION']).toBe(search?.[1]['FunctionName']);
});

it.each([
  ['jwt', []],
  ['lambda', []],
  ['iam', ['IdentityPoolId', 'GroupRolePrefix']],
])('commands find what they ask the stack for: %s', (authorizer, more) => {
  expect(Object.keys(templateOf(authorizer).Outputs)).toEqual(
    expect.arrayContaining([
      ...['HttpApiUrl', 'UserPoolId', 'UserPoolClientId', 'ConsoleUrl', 'HostedUiDomain', 'CallbackUrl', 'TableName'],
      ...['Authorizer', 'AuthorizerCacheSeconds', 'EventBusName', 'UnsentEventsUrl', 'ImagesBucket', 'ImagesUrl'],
      ...more,
    ]),
  );
});
