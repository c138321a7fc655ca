import { callerFrom } from '../../../src/access/caller';

const gatekeeper = { authorizer: 'lambda', groupRolePrefix: 'catalog' } as const;
const from = (lambda: unknown) => callerFrom({ lambda }, gatekeeper);

const parse = (json: string): unknown => JSON.parse(json);

const context = { sub: 'user-1', groups: '["admin"]' };

describe('callerFrom, behind a Lambda authorizer', () => {
  it.each<[string, string[]]>([
    ['[]', []],
    ['["admin"]', ['admin']],
    ['["user","admin"]', ['user', 'admin']],
    [' [ "admin" ] ', ['admin']],
    ['["x,admin","[admin]","\\"admin\\"","admin user"]', ['x,admin', '[admin]', '"admin"', 'admin user']],
    ['[""]', ['']],
  ])('answers the user, and the groups of the JSON text %s as they are', (groups, names) => {
    expect(from({ sub: 'user-1', groups })).toEqual({ sub: 'user-1', groups: names });
  });

  it('answers nothing but the user and the groups', () => {
    expect(from({ ...context, role: 'admin', token_use: 'access' })).toEqual({ sub: 'user-1', groups: ['admin'] });
  });

  it.each<[string, unknown]>([
    ['there is no context', undefined],
    ['the context is null', null],
    ['the context is a text', JSON.stringify(context)],
    ['the context is in a list', [context]],
    ['the context is empty', {}],
    ['sub is missing', { groups: '["admin"]' }],
    ['sub is empty', { ...context, sub: '' }],
    ['sub is no string', { ...context, sub: 1 }],
    ['sub is null', { ...context, sub: null }],
    ['the members hide in a __proto__ member', parse(`{"__proto__":${JSON.stringify(context)}}`)],
    ['groups are missing', { sub: 'user-1' }],
    ['groups are a list', { ...context, groups: ['admin'] }],
    ['groups are null', { ...context, groups: null }],
    ['groups are an empty text', { ...context, groups: '' }],
    ['groups are flattened as a JWT authorizer does', { ...context, groups: '[admin]' }],
    ['groups are a bare name', { ...context, groups: 'admin' }],
    ['groups are cut short', { ...context, groups: '["admin"' }],
    ['groups are followed by something', { ...context, groups: '["admin"] x' }],
    ['groups are one JSON text', { ...context, groups: '"admin"' }],
    ['groups are the JSON text of a list', { ...context, groups: JSON.stringify('["admin"]') }],
    ['groups are a JSON object', { ...context, groups: '{"0":"admin","length":1}' }],
    ['groups are JSON null', { ...context, groups: 'null' }],
    ['groups hold a number', { ...context, groups: '["admin",1]' }],
    ['groups hold null', { ...context, groups: '["admin",null]' }],
    ['groups hold a list', { ...context, groups: '[["admin"]]' }],
  ])('knows nobody when %s', (_, lambda) => {
    expect(from(lambda)).toBeUndefined();
  });

  it('knows nobody without a lambda member', () => {
    for (const authorizer of [undefined, null, 'admin', {}, context, { Lambda: context }]) {
      expect(callerFrom(authorizer, gatekeeper)).toBeUndefined();
    }
  });
});
