import { callerFrom, groupsFrom } from '../../../src/access/caller';
import { accessToken } from '../../support/events';

function inheriting(prototype: object, own: object = {}): unknown {
  return Object.assign(Object.create(prototype), own);
}

const parse = (json: string): unknown => JSON.parse(json);

const claims = { sub: 'user-1', token_use: 'access', 'cognito:groups': '[admin]' };

describe('callerFrom', () => {
  it('answers the user and groups that the JWT authorizer vouches for', () => {
    expect(callerFrom(accessToken(['admin', 'user'], 'user-1'))).toEqual({ sub: 'user-1', groups: ['admin', 'user'] });
  });

  it('answers a caller without groups for a token that has none', () => {
    expect(callerFrom(accessToken([], 'user-1'))).toEqual({ sub: 'user-1', groups: [] });
  });

  it.each<[string, unknown]>([
    ['there is no authorizer', undefined],
    ['the authorizer is null', null],
    ['the authorizer is a string', 'admin'],
    ['the authorizer is empty', {}],
    ['there are no claims', { jwt: { scopes: null } }],
    ['the claims are null', { jwt: { claims: null } }],
    ['the claims are a string', { jwt: { claims: JSON.stringify(claims) } }],
    ['the claims are in a list', { jwt: { claims: [claims] } }],
    ['the token is an ID token', { jwt: { claims: { ...claims, token_use: 'id' } } }],
    ['token_use is missing', { jwt: { claims: { sub: 'user-1', 'cognito:groups': '[admin]' } } }],
    ['token_use has another case', { jwt: { claims: { ...claims, token_use: 'Access' } } }],
    ['token_use is a list', { jwt: { claims: { ...claims, token_use: ['access'] } } }],
    ['sub is missing', { jwt: { claims: { token_use: 'access', 'cognito:groups': '[admin]' } } }],
    ['sub is empty', { jwt: { claims: { ...claims, sub: '' } } }],
    ['sub is no string', { jwt: { claims: { ...claims, sub: 1 } } }],
    ['the claims are where a REST API puts them', { claims }],
    ['the claims are where a Lambda authorizer puts them', { lambda: { ...claims, claims, jwt: { claims } } }],
    ['the claims are where IAM puts them', { iam: { ...claims, claims, jwt: { claims } } }],
    ['the claims are beside their place', { jwt: claims, ...claims }],
    ['the authorizer inherits its claims', inheriting({ jwt: { claims } })],
    ['jwt inherits its claims', { jwt: inheriting({ claims }) }],
    ['the claims are inherited', { jwt: { claims: inheriting(claims) } }],
    ['the claims hide in a __proto__ member', parse(`{"jwt":{"claims":{"__proto__":${JSON.stringify(claims)}}}}`)],
  ])('knows nobody when %s', (_, authorizer) => {
    expect(callerFrom(authorizer)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['inherited', { jwt: { claims: inheriting({ 'cognito:groups': '[admin]' }, { sub: 'u', token_use: 'access' }) } }],
    [
      'named otherwise',
      { jwt: { claims: { sub: 'u', token_use: 'access', groups: '[admin]', 'Cognito:Groups': '[admin]' } } },
    ],
    ['a scope', { jwt: { claims: { sub: 'u', token_use: 'access', scope: 'admin' }, scopes: ['admin'] } }],
    ['the preferred role', { jwt: { claims: { sub: 'u', token_use: 'access', 'cognito:preferred_role': 'admin' } } }],
  ])('reads no groups when they are %s', (_, authorizer) => {
    expect(callerFrom(authorizer)).toEqual({ sub: 'u', groups: [] });
  });
});

describe('groupsFrom', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, []],
    ['null', null, []],
    ['an empty string', '', []],
    ['an empty flattened list', '[]', []],
    ['a flattened list of one', '[admin]', ['admin']],
    ['a flattened list of several', '[admin user]', ['admin', 'user']],
    ['a list', ['admin', 'user'], ['admin', 'user']],
    ['an empty list', [], []],
    ['a bare string', 'admin', ['admin']],
    ['a bare string with a blank', 'x admin', ['x admin']],
    ['a bare string with a comma', 'x,admin', ['x,admin']],
    ['a bare string with an opening bracket', '[admin', ['[admin']],
    ['a bare string with a closing bracket', 'admin]', ['admin]']],
    ['a flattened name with brackets', '[[admin]]', ['[admin]']],
    ['a flattened name with an opening bracket', '[[admin]', ['[admin']],
    ['a flattened name with a closing bracket', '[admin]]', ['admin]']],
    ['a flattened name with a comma', '[x,admin]', ['x,admin']],
    ['a flattened name with quotes', '["admin"]', ['"admin"']],
    ['a list of names with brackets', ['[admin]'], ['[admin]']],
    ['a lone bracket', '[', ['[']],
    ['a list that holds other things', [['admin'], { admin: true }, 1, null, 'user'], ['user']],
    ['an object', { 0: 'admin', length: 1 }, []],
    ['a number', 1, []],
    ['true', true, []],
  ])('reads %s', (_, claim, groups) => {
    expect(groupsFrom(claim)).toEqual(groups);
  });
});
