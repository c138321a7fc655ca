const required = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'catalog',
  AUTHORIZER_TYPE: 'jwt',
  READS: 'members',
  GROUP_ROLE_PREFIX: 'catalog-dev-eu-central-1',
};
const complete = {
  ...required,
  LOG_LEVEL: 'ERROR',
  DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
  COGNITO_ENDPOINT: 'http://127.0.0.1:9229',
};
const pool = {
  TOKEN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/pool',
  USER_POOL_CLIENT_ID: 'client',
  CONSOLE_CLIENT_ID: 'console',
};

const { env } = process;
afterEach(() => {
  process.env = env;
});

async function load(variables: Record<string, string>) {
  jest.resetModules();
  process.env = variables;
  return import('../../src/config');
}
const loadConfig = async (variables: Record<string, string>) => (await load(variables)).config;

function without(name: string, variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name));
}

describe('config', () => {
  it('has what the environment says', async () => {
    await expect(loadConfig(complete)).resolves.toEqual({
      region: 'eu-central-1',
      tableName: 'catalog',
      authorizer: 'jwt',
      publicReads: false,
      readsMaxAge: 0,
      groupRolePrefix: 'catalog-dev-eu-central-1',
      logLevel: 'ERROR',
      dynamodbEndpoint: 'http://127.0.0.1:8000',
      cognitoEndpoint: 'http://127.0.0.1:9229',
    });
  });

  it('needs no endpoints and no log level on AWS', async () => {
    await expect(loadConfig({ ...required, PATH: '/bin' })).resolves.toEqual({
      region: 'eu-central-1',
      tableName: 'catalog',
      authorizer: 'jwt',
      publicReads: false,
      readsMaxAge: 0,
      groupRolePrefix: 'catalog-dev-eu-central-1',
      logLevel: 'INFO',
    });
  });

  it.each(['jwt', 'lambda', 'iam'])('knows the authorizer %s', async (authorizer) => {
    await expect(loadConfig({ ...required, AUTHORIZER_TYPE: authorizer })).resolves.toMatchObject({ authorizer });
  });

  it('opens the reads where they are public', async () => {
    await expect(loadConfig({ ...required, READS: 'public' })).resolves.toMatchObject({ publicReads: true });
  });

  it('says for how long the answers of reads may be kept', async () => {
    await expect(loadConfig({ ...required, READS_MAX_AGE: '60' })).resolves.toMatchObject({ readsMaxAge: 60 });
    for (const READS_MAX_AGE of ['', '-1', '1.5', '1 h']) {
      await expect(loadConfig({ ...required, READS_MAX_AGE })).rejects.toThrow('wrong: READS_MAX_AGE. ');
    }
  });

  it.each(Object.keys(required))('names %s when it is missing or empty', async (name) => {
    const expected = `These environment variables are missing or wrong: ${name}. `;
    await expect(load(without(name, complete))).rejects.toThrow(expected);
    await expect(load({ ...complete, [name]: '' })).rejects.toThrow(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['AWS_REGION, TABLE_NAME, AUTHORIZER_TYPE, READS, GROUP_ROLE_PREFIX', {}],
    ['AUTHORIZER_TYPE', { ...complete, AUTHORIZER_TYPE: 'none' }],
    ['AUTHORIZER_TYPE', { ...complete, AUTHORIZER_TYPE: 'JWT' }],
    ['AUTHORIZER_TYPE', { ...complete, AUTHORIZER_TYPE: 'jwt,lambda' }],
    ['READS', { ...complete, READS: 'true' }],
    ['READS', { ...complete, READS: 'Public' }],
    ['READS', { ...complete, READS: 'public ' }],
    ['DYNAMODB_ENDPOINT', { ...complete, DYNAMODB_ENDPOINT: 'localhost' }],
    ['DYNAMODB_ENDPOINT, COGNITO_ENDPOINT', { ...complete, DYNAMODB_ENDPOINT: '', COGNITO_ENDPOINT: 'x y' }],
  ])('names what is missing or wrong: %s', async (names, variables) => {
    await expect(load(variables)).rejects.toThrow(`These environment variables are missing or wrong: ${names}. `);
  });
});

describe('readTokenSettings', () => {
  it('answers the issuer and the clients of the pool', async () => {
    const { readTokenSettings } = await load({ ...required, ...pool });
    expect(readTokenSettings()).toEqual({ issuer: pool.TOKEN_ISSUER, clientIds: ['client', 'console'] });
  });

  it.each<[string, Record<string, string>]>([
    ['TOKEN_ISSUER, USER_POOL_CLIENT_ID, CONSOLE_CLIENT_ID', {}],
    ['TOKEN_ISSUER', without('TOKEN_ISSUER', pool)],
    ['TOKEN_ISSUER', { ...pool, TOKEN_ISSUER: 'eu-central-1_pool' }],
    ['USER_POOL_CLIENT_ID', without('USER_POOL_CLIENT_ID', pool)],
    ['USER_POOL_CLIENT_ID', { ...pool, USER_POOL_CLIENT_ID: '' }],
    ['CONSOLE_CLIENT_ID', without('CONSOLE_CLIENT_ID', pool)],
  ])('names what is missing or wrong: %s, which no other function has to have', async (names, variables) => {
    const { readTokenSettings } = await load({ ...required, ...variables });
    expect(() => readTokenSettings()).toThrow(`These environment variables are missing or wrong: ${names}. `);
  });
});
