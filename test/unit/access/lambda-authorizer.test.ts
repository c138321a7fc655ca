/** The Lambda authorizer, driven by another map than the catalogue's: films and shows. */
import { lambdaAuthorizer } from '../../../src/access/lambda-authorizer';
import { accessTokenVerifier } from '../../../src/access/token-verifier';
import { question } from '../../support/authorizer-question';
import { startKeyServer, type KeyServer } from '../../support/key-server';
import { accessClaims, refusedTokens, sign } from '../../support/tokens';

const allowedGroups = { 'GET /movies': ['movies-group'], 'GET /shows': ['shows-group'] };

let keyServer: KeyServer;
let authorize: ReturnType<typeof lambdaAuthorizer>;
beforeAll(async () => {
  keyServer = await startKeyServer();
  authorize = lambdaAuthorizer(allowedGroups, accessTokenVerifier(keyServer.pool));
});
afterAll(() => keyServer.stop());

const tokenOf = (sub: string, groups: string[]) => sign({ ...accessClaims(keyServer.stack, groups), sub });

const denied = { isAuthorized: false };
const allowed = (sub: string, groups: string[]) => ({
  isAuthorized: true,
  context: { sub, groups: JSON.stringify(groups) },
});

describe('lambdaAuthorizer', () => {
  it.each<[sub: string, groups: string[], movies: boolean, shows: boolean]>([
    ['movie-fan', ['movies-group'], true, false],
    ['show-fan', ['shows-group'], false, true],
    ['fan-of-both', ['movies-group', 'shows-group'], true, true],
    ['fan-of-more', ['books-group', 'shows-group'], false, true],
    ['fan-of-books', ['books-group'], false, false],
    ['fan-of-nothing', [], false, false],
  ])('for %s, in %j, answers for GET /movies: %s, for GET /shows: %s', async (sub, groups, movies, shows) => {
    const header = `Bearer ${tokenOf(sub, groups)}`;
    const allow = allowed(sub, groups);
    expect(await authorize(question('GET /movies', header))).toEqual(movies ? allow : denied);
    expect(await authorize(question('GET /shows', header))).toEqual(shows ? allow : denied);
  });

  it('takes a token without its scheme, as the JWT authorizer of API Gateway does', async () => {
    const token = tokenOf('movie-fan', ['movies-group']);
    expect(await authorize(question('GET /movies', token))).toEqual(allowed('movie-fan', ['movies-group']));
  });

  it.each([
    'movies-group,',
    ',movies-group',
    'movies-group,shows-group',
    'Movies-group',
    'MOVIES-GROUP',
    '[movies-group]',
    '[movies-group',
    'movies-group]',
    '"movies-group"',
    "'movies-group'",
    'movies-groups',
    'xmovies-group',
    'movies_group',
    'movies‐group',
    'mоvies-group',
    ' movies-group',
    'movies-group ',
    'movies-group\u200b',
    'movies-group\0',
    'GET /movies',
    'undefined',
    '',
  ])('denies a user whose group is %j', async (group) => {
    for (const routeKey of Object.keys(allowedGroups)) {
      expect(await authorize(question(routeKey, `Bearer ${tokenOf('spoofer', [group])}`))).toEqual(denied);
    }
  });

  it.each([
    'GET /books',
    'POST /movies',
    'get /movies',
    'GET /movies/',
    'GET /movies/{id}',
    '$default',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('denies everybody the unknown route %j', async (routeKey) => {
    const token = tokenOf('fan-of-both', ['movies-group', 'shows-group', 'admin']);
    expect(await authorize(question(routeKey, `Bearer ${token}`))).toEqual(denied);
  });

  it.each<[string, string[] | null | undefined]>([
    ['missing', undefined],
    ['null', null],
    ['empty', []],
    ['without a token', ['']],
  ])('denies when the identity source is %s, whatever the headers say', async (_, identitySource) => {
    const { routeKey, headers, requestContext } = question('GET /movies', tokenOf('movie-fan', ['movies-group']));
    const event = { routeKey, headers, requestContext, ...(identitySource === undefined ? {} : { identitySource }) };
    expect(await authorize(event)).toEqual(denied);
  });

  it.each(['Bearer', 'Bearer ', 'Bearer  ', 'Basic dXNlcjpwYXNzd29yZA==', 'Bearer Bearer ', 'token '])(
    'denies a header that starts with %j',
    async (start) => {
      const token = tokenOf('movie-fan', ['movies-group']);
      expect(await authorize(question('GET /movies', start))).toEqual(denied);
      if (start !== 'Bearer ') expect(await authorize(question('GET /movies', start + token))).toEqual(denied);
    },
  );

  it.each(['', 'Bearer ', 'bearer ', 'BEARER ', 'bEaReR '])('takes a good token after %j', async (start) => {
    const token = tokenOf('movie-fan', ['movies-group']);
    expect(await authorize(question('GET /movies', start + token))).toMatchObject({ isAuthorized: true });
  });

  it('denies two tokens in one header, though both are good', async () => {
    const token = tokenOf('movie-fan', ['movies-group']);
    expect(await authorize(question('GET /movies', `Bearer ${token},Bearer ${token}`))).toEqual(denied);
  });

  it('denies every bad token, though it names the right group', async () => {
    const good = accessClaims(keyServer.stack, ['movies-group']);
    const bad = { ...refusedTokens(keyServer.stack), 'an ID token': sign({ ...good, token_use: 'id', aud: 'client' }) };
    const adminsOnly = lambdaAuthorizer({ 'GET /movies': ['admin'] }, accessTokenVerifier(keyServer.pool));
    for (const [name, token] of Object.entries(bad)) {
      const answer = await adminsOnly(question('GET /movies', `Bearer ${token}`));
      expect({ name, answer }).toEqual({ name, answer: denied });
    }
  });

  it('denies everybody a route that no group may use', async () => {
    const closed = lambdaAuthorizer({ 'GET /movies': [] }, accessTokenVerifier(keyServer.pool));
    expect(await closed(question('GET /movies', tokenOf('movie-fan', ['movies-group'])))).toEqual(denied);
  });
});
