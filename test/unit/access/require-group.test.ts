import { callerFrom } from '../../../src/access/caller';
import { requireGroup } from '../../../src/access/require-group';
import { forbidden } from '../../../src/errors';

const withGroups = (claim: unknown) => ({
  jwt: { claims: { sub: 'user-1', token_use: 'access', 'cognito:groups': claim } },
});

const enter = (authorizer: unknown, ...groups: [string, ...string[]]) =>
  requireGroup(...groups)(callerFrom(authorizer));

describe('requireGroup', () => {
  it.each<[string, unknown]>([
    ['the only group, flattened', '[admin]'],
    ['the first of several', '[admin user]'],
    ['the last of several', '[user x,admin admin]'],
    ['in an array', ['user', 'admin']],
    ['a bare string', 'admin'],
  ])('lets in a caller whose group admin is %s', (_, claim) => {
    expect(enter(withGroups(claim), 'admin')).toMatchObject({ sub: 'user-1' });
  });

  it.each<[string, unknown]>([
    ['no authorizer', undefined],
    ['no claims', { jwt: {} }],
    ['no groups', { jwt: { claims: { sub: 'user-1', token_use: 'access' } } }],
    ['an empty flattened list', withGroups('[]')],
    ['an empty list', withGroups([])],
    ['another group', withGroups('[user]')],
    ['the wrong case', withGroups('[Admin ADMIN]')],
    ['a longer name', withGroups('[administrators]')],
    ['a name that ends alike', withGroups('[notadmin]')],
    ['a group named x,admin', withGroups('[x,admin]')],
    ['a group named x,admin, bare', withGroups('x,admin')],
    ['a group named x,admin, in an array', withGroups(['x,admin'])],
    ['a group named [admin]', withGroups('[[admin]]')],
    ['a group named [admin], in an array', withGroups(['[admin]'])],
    ['groups named [admin and admin]', withGroups('[[admin admin]]')],
    ['a group named "admin"', withGroups('["admin"]')],
    ['a group named "admin", in an array', withGroups(['"admin"'])],
    ['a group named admin]', withGroups('[admin]]')],
    ['a group named admin], in an array', withGroups(['admin]'])],
    ['letters that look alike', withGroups('[аdmin ａｄｍｉｎ admi\u0301n]')],
    ['other white space around the name', withGroups('[\tadmin\n \u00A0admin]')],
    ['a name and a space, in an array', withGroups(['admin ', ' admin', 'user admin'])],
    ['an array in an array', withGroups([['admin']])],
    ['an ID token', { jwt: { claims: { sub: 'user-1', token_use: 'id', 'cognito:groups': '[admin]' } } }],
    ['no token_use', { jwt: { claims: { sub: 'user-1', 'cognito:groups': '[admin]' } } }],
    ['a Lambda authorizer', { lambda: { sub: 'user-1', token_use: 'access', 'cognito:groups': '[admin]' } }],
  ])('refuses a caller with %s', (_, authorizer) => {
    expect(() => enter(authorizer, 'admin')).toThrow(forbidden());
  });

  it.each([
    ['user', true],
    ['admin', true],
    ['editor', false],
    ['user,admin', false],
  ])('with several groups decides on %s as one of them: %s', (group, admitted) => {
    const attempt = () => enter(withGroups([group]), 'user', 'admin');
    if (admitted) expect(attempt()).toEqual({ sub: 'user-1', groups: [group] });
    else expect(attempt).toThrow(forbidden());
  });
});
