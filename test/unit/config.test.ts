const complete = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'catalog',
  DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
  COGNITO_ENDPOINT: 'http://127.0.0.1:9229',
};

const { env } = process;
afterEach(() => {
  process.env = env;
});

async function load(variables: Record<string, string>) {
  jest.resetModules();
  process.env = variables;
  return (await import('../../src/config')).config;
}

describe('config', () => {
  it('has what the environment says', async () => {
    await expect(load(complete)).resolves.toEqual({
      region: 'eu-central-1',
      tableName: 'catalog',
      dynamodbEndpoint: 'http://127.0.0.1:8000',
      cognitoEndpoint: 'http://127.0.0.1:9229',
    });
  });

  it('needs no endpoints on AWS', async () => {
    const { AWS_REGION, TABLE_NAME } = complete;
    await expect(load({ AWS_REGION, TABLE_NAME, PATH: '/bin' })).resolves.toEqual({
      region: 'eu-central-1',
      tableName: 'catalog',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['AWS_REGION, TABLE_NAME', {}],
    ['TABLE_NAME', { AWS_REGION: 'eu-central-1' }],
    ['AWS_REGION', { TABLE_NAME: 'catalog' }],
    ['AWS_REGION', { ...complete, AWS_REGION: '' }],
    ['TABLE_NAME', { ...complete, TABLE_NAME: '' }],
    ['DYNAMODB_ENDPOINT', { ...complete, DYNAMODB_ENDPOINT: 'localhost' }],
    ['DYNAMODB_ENDPOINT, COGNITO_ENDPOINT', { ...complete, DYNAMODB_ENDPOINT: '', COGNITO_ENDPOINT: 'x y' }],
  ])('names what is missing or wrong: %s', async (names, variables) => {
    await expect(load(variables)).rejects.toThrow(`These environment variables are missing or wrong: ${names}. `);
  });
});
