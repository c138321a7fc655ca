/** One line says what the Lambda authorizer decided and why, and nothing gives the token away. */
import { inspect } from 'node:util';
import type { TokenVerifier } from '../../../src/access/token-verifier';
import { question } from '../../support/authorizer-question';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { expectNothingOf } from '../../support/token-leaks';
import { accessClaims, refusedTokens, sign } from '../../support/tokens';

let keyServer: KeyServer;
beforeAll(async () => {
  keyServer = await startKeyServer();
});
afterAll(() => keyServer.stop());

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  const capture = (text: unknown) => printed.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(capture);
  jest.spyOn(process.stderr, 'write').mockImplementation(capture);
});
afterEach(() => jest.restoreAllMocks());

/** Loads the code with a logger that prints, as on AWS. */
async function load(verify?: TokenVerifier) {
  jest.resetModules();
  process.env['LOG_LEVEL'] = 'INFO';
  const { lambdaAuthorizer } = await import('../../../src/access/lambda-authorizer');
  const { accessTokenVerifier } = await import('../../../src/access/token-verifier');
  return lambdaAuthorizer({ 'GET /movies': ['movies-group'] }, verify ?? accessTokenVerifier(keyServer.pool));
}

const secret = 'SECRET-7d1f-4f6a';
const tokenOf = (groups: string[], claims = {}) =>
  sign({ ...accessClaims(keyServer.stack, groups), email: secret, password: secret, ...claims });

const lines = () => printed.map((line): unknown => JSON.parse(line));
const timestamp: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** All of a line: a member that nobody asked for could be anything. */
const line = (members: object) => ({
  ...{ message: 'authorize', timestamp, service: 'catalog', route: 'GET /movies', requestId: 'request-1' },
  ...members,
});

describe('the log of lambdaAuthorizer', () => {
  it('has one line for an allow, with the user', async () => {
    const authorize = await load();
    const token = tokenOf(['movies-group']);
    await authorize(question('GET /movies', `Bearer ${token}`));
    expect(lines()).toStrictEqual([
      line({ level: 'INFO', allowed: true, sub: 'c0ffee00-0000-4000-8000-000000000000' }),
    ]);
    expectNothingOf(printed.join(''), token, secret);
  });

  it.each<[reason: string, () => string]>([
    ['not_in_group', () => tokenOf(['shows-group'])],
    ['no_token', () => ''],
    ['malformed', () => `${secret}.${secret}`],
    ['malformed', () => `${Buffer.from(secret).toString('base64url')}.e30.AAAA`],
    ['another_issuer', () => tokenOf(['movies-group'], { iss: secret })],
    ['another_client', () => tokenOf(['movies-group'], { client_id: secret })],
    ['not_an_access_token', () => tokenOf(['movies-group'], { token_use: secret })],
    ['unknown_claims', () => tokenOf([], { 'cognito:groups': secret })],
    ['unknown_key', () => sign(accessClaims(keyServer.stack, []), { header: { kid: secret } })],
    ['another_algorithm', () => sign(accessClaims(keyServer.stack, []), { header: { alg: secret } })],
  ])('has one line with the reason of a deny, %s, the route and the request id', async (reason, makeToken) => {
    const authorize = await load();
    const token = makeToken();
    const answer = await authorize(question('GET /movies', token && `Bearer ${token}`));
    expect(answer).toEqual({ isAuthorized: false });
    expect(lines()).toStrictEqual([line({ level: 'INFO', allowed: false, reason })]);
    expectNothingOf(printed.join(''), token, secret);
  });

  it('has one line for every bad token, without anything of it', async () => {
    const authorize = await load();
    for (const token of Object.values(refusedTokens(keyServer.stack))) {
      printed.length = 0;
      await authorize(question('GET /movies', `Bearer ${token}`));
      expect(lines()).toStrictEqual([
        line({ level: 'INFO', allowed: false, reason: expect.stringMatching(/^[a-z_]+$/) }),
      ]);
      expectNothingOf(printed.join(''), token);
    }
  });

  it('has one line for an unknown route, and says so', async () => {
    const authorize = await load();
    const token = tokenOf(['movies-group']);
    await authorize(question('GET /books', `Bearer ${token}`));
    expect(lines()).toStrictEqual([
      line({ route: 'GET /books', level: 'INFO', allowed: false, reason: 'unknown_route' }),
    ]);
    expectNothingOf(printed.join(''), token, secret);
  });
});

describe('lambdaAuthorizer, when nobody can tell whether a token is good', () => {
  async function failureOf(verify: TokenVerifier | undefined, token: string): Promise<unknown> {
    const authorize = await load(verify);
    return authorize(question('GET /movies', `Bearer ${token}`)).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  it('throws and logs an error, KeySetError, while there are no keys, and allows again after', async () => {
    keyServer.answer = (_, response) => response.writeHead(500).end();
    const authorize = await load();
    const header = `Bearer ${tokenOf(['movies-group'])}`;
    const error: unknown = await authorize(question('GET /movies', header)).catch((thrown: unknown) => thrown);
    keyServer.answer = keyServer.serveKeys;
    expect(error).toMatchObject({ message: 'Nobody can tell whether the token is good: KeySetError' });
    expect(lines()).toStrictEqual([line({ level: 'ERROR', allowed: false, reason: 'KeySetError' })]);
    expectNothingOf(printed.join('') + inspect(error, { depth: Infinity, showHidden: true }), header, secret);
    await expect(authorize(question('GET /movies', header))).resolves.toMatchObject({ isAuthorized: true });
  });

  it.each<[string, (token: string) => unknown]>([
    ['TypeError', (token) => new TypeError(`Cannot read ${token}`)],
    ['Error', (token) => Object.assign(new Error(token, { cause: token }), { token })],
    ['string', (token) => token],
    ['undefined', () => undefined],
  ])('throws and logs an error for what nobody expected, %s, without what it says', async (reason, thrown) => {
    const token = tokenOf(['movies-group']);
    const verify = jest.fn<Promise<never>, []>().mockRejectedValue(thrown(token));
    const error = await failureOf(verify, token);
    expect(error).toMatchObject({ message: `Nobody can tell whether the token is good: ${reason}` });
    expect(lines()).toStrictEqual([line({ level: 'ERROR', allowed: false, reason })]);
    expectNothingOf(printed.join('') + inspect(error, { depth: Infinity, showHidden: true }), token, secret);
  });
});
