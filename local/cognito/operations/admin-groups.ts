/** What an operator can do with groups. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { changeUser, requireUser, secondsOf, type Pool } from '../pool';
import { userPoolId } from '../settings';
import type { Group } from '../store';
import { listed } from './admin-users';
import { adminOperation, nameText } from './operation';
import { page, pageInput } from './page';

const named = z.object({ GroupName: nameText });

const findGroup = ({ store }: Pool, name: string) => store.now.groups.find(({ GroupName }) => GroupName === name);

function requireGroup(pool: Pool, name: string): Group {
  const group = findGroup(pool, name);
  if (!group) throw new ServiceError('ResourceNotFoundException', 'Group not found.');
  return group;
}

const describe = ({ GroupName, Description, Precedence, createdAt }: Group) => ({
  GroupName,
  UserPoolId: userPoolId,
  Description,
  Precedence,
  CreationDate: secondsOf(createdAt),
  LastModifiedDate: secondsOf(createdAt),
});

const GetGroup = adminOperation(named, (pool, { GroupName }) => ({ Group: describe(requireGroup(pool, GroupName)) }));

const CreateGroup = adminOperation(
  z.object({
    GroupName: nameText,
    Description: z.optional(z.string().check(z.maxLength(2048))),
    Precedence: z.optional(z.int().check(z.minimum(0))),
  }),
  (pool, input) => {
    if (findGroup(pool, input.GroupName)) {
      throw new ServiceError('GroupExistsException', 'A group with the name already exists.');
    }
    const group = { ...input, createdAt: Date.now() };
    pool.store.change(({ groups }) => groups.push(group));
    return { Group: describe(group) };
  },
);

const DeleteGroup = adminOperation(named, (pool, { GroupName }) => {
  requireGroup(pool, GroupName);
  pool.store.change((draft) => {
    draft.groups = draft.groups.filter((group) => group.GroupName !== GroupName);
    for (const user of Object.values(draft.users)) user.groups = user.groups.filter((name) => name !== GroupName);
  });
  return {};
});

const ListGroups = adminOperation(
  z.object({ ...pageInput, NextToken: z.optional(z.string()) }),
  ({ store }, { Limit, NextToken }) => {
    const { items, next } = page(store.now.groups, Limit, NextToken);
    return { Groups: items.map(describe), NextToken: next };
  },
);

const ListUsersInGroup = adminOperation(
  z.object({ ...pageInput, GroupName: nameText, NextToken: z.optional(z.string()) }),
  (pool, { GroupName, Limit, NextToken }) => {
    requireGroup(pool, GroupName);
    const members = Object.values(pool.store.now.users).filter(({ groups }) => groups.includes(GroupName));
    const { items, next } = page(members, Limit, NextToken);
    return { Users: items.map(listed), NextToken: next };
  },
);

const AdminListGroupsForUser = adminOperation(
  z.object({ ...pageInput, Username: nameText, NextToken: z.optional(z.string()) }),
  (pool, { Username, Limit, NextToken }) => {
    const { items, next } = page(requireUser(pool, Username).groups, Limit, NextToken);
    return { Groups: items.map((name) => describe(requireGroup(pool, name))), NextToken: next };
  },
);

const membership = z.object({ Username: nameText, GroupName: nameText });

const AdminAddUserToGroup = adminOperation(membership, (pool, { Username, GroupName }) => {
  const { sub } = requireUser(pool, Username);
  requireGroup(pool, GroupName);
  changeUser(pool, sub, (draft) => (draft.groups = [...new Set([...draft.groups, GroupName])]));
  return {};
});

const AdminRemoveUserFromGroup = adminOperation(membership, (pool, { Username, GroupName }) => {
  const { sub } = requireUser(pool, Username);
  requireGroup(pool, GroupName);
  changeUser(pool, sub, (draft) => (draft.groups = draft.groups.filter((name) => name !== GroupName)));
  return {};
});

export const adminGroupOperations = {
  GetGroup,
  CreateGroup,
  DeleteGroup,
  ListGroups,
  ListUsersInGroup,
  AdminListGroupsForUser,
  AdminAddUserToGroup,
  AdminRemoveUserFromGroup,
};
