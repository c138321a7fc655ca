import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { connect, getUser, listGroups, listUsers } from '../../../deployment/user-pool';
import { mockClient } from '../../support/mock-client';

// AWS gives 60 entries at most, and may give an empty page with a token.
const cognito = mockClient(CognitoIdentityProviderClient);
const pool = connect({
  apiUrl: 'https://api.example.com',
  userPoolId: 'pool',
  clientId: 'client',
  region: 'eu-central-1',
});

const user = (name: string) => ({
  Username: `id-of-${name}`,
  UserStatus: 'CONFIRMED' as const,
  Enabled: true,
  Attributes: [
    { Name: 'sub', Value: `id-of-${name}` },
    { Name: 'email', Value: `${name}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ],
  UserCreateDate: new Date('2026-11-26T06:48:00Z'),
});

beforeEach(() => {
  cognito.reset();
  cognito
    .on(ListGroupsCommand)
    .resolves({ Groups: [{ GroupName: 'user' }] })
    .on(ListGroupsCommand, { NextToken: undefined })
    .resolves({ Groups: [{ GroupName: 'admin', Description: 'May change the catalogue' }], NextToken: 'two' });
});

describe('listUsers', () => {
  it('returns every user with every group over all pages, sorted by address', async () => {
    cognito
      .on(ListUsersCommand)
      .resolves({ Users: [user('zoe')], PaginationToken: 'two' })
      .on(ListUsersCommand, { PaginationToken: 'two' })
      .resolves({ Users: [], PaginationToken: 'three' })
      .on(ListUsersCommand, { PaginationToken: 'three' })
      .resolves({ Users: [user('ann'), user('bob')] })
      .on(ListUsersInGroupCommand, { GroupName: 'admin' })
      .resolves({ Users: [user('zoe')] })
      .on(ListUsersInGroupCommand, { GroupName: 'user' })
      .resolves({ Users: [user('zoe')], NextToken: 'two' })
      .on(ListUsersInGroupCommand, { GroupName: 'user', NextToken: 'two' })
      .resolves({ Users: [user('bob')] });

    const users = await listUsers(pool);
    expect(users.map(({ email, groups }) => [email, groups])).toEqual([
      ['ann@example.com', []],
      ['bob@example.com', ['user']],
      ['zoe@example.com', ['admin', 'user']],
    ]);
  });
});

describe('listGroups', () => {
  it('returns the groups of all pages, sorted by name', async () => {
    expect(await listGroups(pool)).toEqual([
      { name: 'admin', description: 'May change the catalogue' },
      { name: 'user', description: '' },
    ]);
  });
});

describe('getUser', () => {
  it('returns the groups of all pages', async () => {
    const { Attributes, ...ann } = user('ann');
    cognito
      .on(AdminGetUserCommand, { Username: 'ann@example.com' })
      .resolves({ ...ann, UserAttributes: Attributes })
      .on(AdminListGroupsForUserCommand, { Username: 'id-of-ann' })
      .resolves({ Groups: [{ GroupName: 'user' }], NextToken: 'two' })
      .on(AdminListGroupsForUserCommand, { Username: 'id-of-ann', NextToken: 'two' })
      .resolves({ Groups: [{ GroupName: 'admin' }] });

    expect(await getUser(pool, 'ann@example.com')).toEqual({
      sub: 'id-of-ann',
      email: 'ann@example.com',
      emailVerified: true,
      status: 'CONFIRMED',
      enabled: true,
      createdAt: new Date('2026-11-26T06:48:00Z'),
      groups: ['admin', 'user'],
    });
  });
});
