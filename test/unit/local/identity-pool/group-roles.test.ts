import { resolveRole, roleClaims, type Group } from '../../../../local/identity-pool/group-roles';

const group = (GroupName: string, Precedence?: number, role?: string): Group => ({
  GroupName,
  Precedence,
  RoleArn: role && `arn:aws:iam::000000000000:role/${role}`,
});
const arn = (role: string) => `arn:aws:iam::000000000000:role/${role}`;

describe('resolveRole', () => {
  const groups = [group('user', 1, 'user'), group('admin', 0, 'admin'), group('guest', 2, 'guest')];

  it('gives the role of the only group', () => {
    expect(resolveRole(['user'], groups)).toBe(arn('user'));
  });

  it('prefers the lowest precedence, whatever the order of the groups', () => {
    for (const memberOf of [
      ['admin', 'user', 'guest'],
      ['guest', 'user', 'admin'],
    ]) {
      expect(resolveRole(memberOf, groups)).toBe(arn('admin'));
      expect(resolveRole(memberOf, groups.toReversed())).toBe(arn('admin'));
    }
    expect(resolveRole(['guest', 'user'], groups)).toBe(arn('user'));
  });

  it('puts a group without precedence last', () => {
    expect(resolveRole(['a', 'b'], [group('a', undefined, 'a'), group('b', 1000, 'b')])).toBe(arn('b'));
  });

  it('denies a tie of groups with different roles', () => {
    expect(resolveRole(['a', 'b'], [group('a', 1, 'a'), group('b', 1, 'b')])).toBeUndefined();
    expect(resolveRole(['a', 'b'], [group('a', undefined, 'a'), group('b', undefined, 'b')])).toBeUndefined();
    expect(resolveRole(['a', 'b', 'c'], [group('a', 1, 'a'), group('b', 1, 'b'), group('c', 2, 'c')])).toBeUndefined();
  });

  it('lets groups tie where their role is the same', () => {
    const tied = [group('a', 1, 'same'), group('b', 1, 'same'), group('c', 2, 'c')];
    expect(resolveRole(['a', 'b', 'c'], tied)).toBe(arn('same'));
  });

  it('is not bothered by a tie further down', () => {
    expect(resolveRole(['a', 'b', 'c'], [group('a', 0, 'a'), group('b', 1, 'b'), group('c', 1, 'c')])).toBe(arn('a'));
  });

  it('denies where the first group has no role and others have several', () => {
    expect(resolveRole(['a', 'b', 'c'], [group('a', 0), group('b', 1, 'b'), group('c', 2, 'c')])).toBeUndefined();
    expect(resolveRole(['a', 'b', 'c'], [group('a', 1), group('b', 1, 'b'), group('c', 2, 'c')])).toBeUndefined();
  });

  it('gives the only allowed role, though the first group has none', () => {
    expect(resolveRole(['a', 'b'], [group('a', 0), group('b', 1, 'b')])).toBe(arn('b'));
  });

  it('denies a user without groups, or whose groups have no role or are not known', () => {
    expect(resolveRole([], groups)).toBeUndefined();
    expect(resolveRole(['a'], [group('a', 0)])).toBeUndefined();
    expect(resolveRole(['Admin', 'admin ', '[admin]', 'x,admin'], groups)).toBeUndefined();
  });

  it('gives the role that was asked for to a user with a group of that role, even in a tie', () => {
    expect(resolveRole(['admin', 'user'], groups, arn('user'))).toBe(arn('user'));
    expect(resolveRole(['a', 'b'], [group('a', 1, 'a'), group('b', 1, 'b')], arn('b'))).toBe(arn('b'));
  });

  it('denies a role of a group that the user is not in', () => {
    expect(resolveRole(['user'], groups, arn('admin'))).toBeUndefined();
    expect(resolveRole([], groups, arn('user'))).toBeUndefined();
  });

  it('denies a role that no group has, and does not fall back to the preferred one', () => {
    for (const asked of [arn('owner'), arn('Admin'), 'admin', '']) {
      expect(resolveRole(['admin', 'user'], groups, asked)).toBeUndefined();
    }
  });
});

describe('roleClaims', () => {
  it('names each role once', () => {
    const groups = [group('a', 1, 'same'), group('b', 2, 'same'), group('c', 3, 'c'), group('d', 4)];
    expect(roleClaims(['a', 'b', 'c', 'd'], groups)).toEqual({
      roles: [arn('same'), arn('c')],
      preferredRole: arn('same'),
    });
  });
});
