import path from 'node:path';
import { projectRoot } from '../../../deployment/service';
import { StartError } from '../../../local/processes/start-error';
import { readSettings } from '../../../local/settings';

const read = (args: string[], env: NodeJS.ProcessEnv = {}) => readSettings(args, env);

/** The sentence that a start ends with. */
function refusal(args: string[], env: NodeJS.ProcessEnv = {}): string {
  try {
    read(args, env);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return 'it starts';
}

describe('readSettings', () => {
  it('has a preset for everything', () => {
    expect(read([])).toEqual({
      seed: false,
      events: false,
      withoutEffect: [],
      stack: {
        directory: path.join(projectRoot, '.local'),
        ports: { api: 3000, cognito: 9229, dynamodb: 8000, identity: 9230, s3: 9231 },
        authorizer: 'jwt',
        parameters: { authorizer: 'jwt' },
        dynamodbEndpoint: undefined,
        reset: false,
      },
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(read([], { API_PORT: '', DYNAMODB_ENDPOINT: '', LOCAL_DIR: '' })).toEqual(read([]));
  });

  it('takes options and variables', () => {
    const parameters = ['reads=public', 'callbackUrl=https://a.example.com/?b=c', 'burst=5'].flatMap((parameter) => [
      '--param',
      parameter,
    ]);
    const args = ['--reset', '--seed', '--events', '--webhook', 'http://127.0.0.1:4000/hook', ...parameters];
    const env = { API_PORT: '2', IDENTITY_PORT: '65535', LOCAL_DIR: 'x', DYNAMODB_ENDPOINT: 'http://127.0.0.1:4566' };
    expect(read(args, env)).toEqual({
      seed: true,
      events: true,
      withoutEffect: ['burst'],
      stack: {
        directory: path.resolve('x'),
        ports: { api: 2, cognito: 9229, dynamodb: 8000, identity: 65_535, s3: 9231 },
        authorizer: 'jwt',
        parameters: { reads: 'public', callbackUrl: 'https://a.example.com/?b=c', authorizer: 'jwt' },
        dynamodbEndpoint: 'http://127.0.0.1:4566',
        webhook: 'http://127.0.0.1:4000/hook',
        reset: true,
      },
    });
  });

  it('takes the origins of web pages from --param before the variable', () => {
    const env = { CORS_ORIGINS: 'https://shop.example.com' };
    const given = ['--param', 'corsOrigins=https://admin.example.com'];
    expect(read([], env).stack.parameters).toMatchObject({ corsOrigins: 'https://shop.example.com' });
    expect(read(given, env).stack.parameters).toMatchObject({ corsOrigins: 'https://admin.example.com' });
    expect(read([], { CORS_ORIGINS: '' })).toEqual(read([]));
  });

  it.each([
    ['--authorizer', ['--authorizer', 'lambda']],
    ['--param', ['--param', 'authorizer=lambda']],
  ])('takes the authorizer from %s', (_, args) => {
    const { authorizer, parameters } = read(args).stack;
    expect({ authorizer, parameters }).toEqual({ authorizer: 'lambda', parameters: { authorizer: 'lambda' } });
  });

  it.each([
    ['an unknown option', ['--rest'], /^unknown option '--rest'.*: "npm start -- --help" shows how it is used\.$/],
    [
      'a webhook that is no address',
      ['--webhook', '4000'],
      /^option '--webhook <url>' argument '4000' is invalid\. It must be/,
    ],
    ['an argument', ['seed'], /^too many arguments.*: "npm start -- --help" shows/],
    ['an option without its value', ['--authorizer'], /^option '--authorizer <type>' argument missing: "npm start/],
    ['an unknown authorizer', ['--authorizer', 'none'], /^The parameter authorizer must be one of jwt, lambda, iam, /],
    ['an unknown parameter', ['--param', 'read=public'], /^There is no parameter "read"\. The nearest is reads; all /],
    ['a parameter without a value', ['--param', 'reads'], /^--param reads is not of the form name=value\.$/],
  ])('refuses %s in one sentence', (_, args, sentence) => {
    expect(refusal(args)).toMatch(sentence);
    expect(refusal(args)).not.toContain('\n');
  });

  it.each([
    ['a port that is not a number', { API_PORT: 'abc' }, /^API_PORT must be a port, from 1 to 65535:/],
    ['a port that no machine has', { COGNITO_PORT: '65536' }, /^COGNITO_PORT must be a port/],
    ['a port that no browser opens', { API_PORT: '6000' }, /^API_PORT must be a port that browsers open/],
    ['the log level of another program', { LOG_LEVEL: 'debug' }, /^LOG_LEVEL must be INFO, ERROR or SILENT:/],
    ['an address that is none', { DYNAMODB_ENDPOINT: 'x' }, /^DYNAMODB_ENDPOINT must be the address of a DynamoDB, as/],
  ])('refuses %s', (_, env, sentence) => {
    expect(refusal([], env)).toMatch(sentence);
  });

  it.each(['seed', 'reset', 'authorizer', 'param'])('says what to type where npm has kept --%s for itself', (name) => {
    expect(refusal([], { [`npm_config_${name}`]: 'true' })).toBe(
      `npm keeps --${name} for itself unless "--" comes before it: begin with "npm start --".`,
    );
  });
});
