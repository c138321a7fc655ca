/** What is particular to each route of users. */
import { userQuery } from '../src/users/parameters';
import { created, ok, type Operation } from './operation';

const lastAdmin = 'The last admin who can sign in stays one.';

const change = { tag: 'Users', status: ok, answer: 'User' } as const;

/** Under the route keys of serverless.yml. */
export const userRoutes: Readonly<Record<string, Operation>> = {
  'GET /admin/users': {
    id: 'listUsers',
    tag: 'Users',
    summary: 'List users, in no particular order',
    description: 'A page has 60 users at most, and can have fewer than `limit` and still a `nextToken`.',
    query: userQuery,
    status: ok,
    answer: 'UserPage',
    errors: [],
  },
  'POST /admin/users': {
    id: 'inviteUser',
    tag: 'Users',
    summary: 'Invite a user',
    description:
      'A temporary password is mailed to the address; the first sign-in asks for another. Sent again before that, it mails a new one, for each is good for 7 days; after that, it says that there is an account.',
    body: 'Invitation',
    status: created,
    answer: 'User',
    errors: ['account_exists'],
  },
  'GET /admin/users/{sub}': { ...change, id: 'getUser', summary: 'Read a user', errors: [] },
  'PUT /admin/users/{sub}/groups/{group}': {
    ...change,
    id: 'addToGroup',
    summary: 'Put a user into a group',
    description:
      'What the group may do shows after a new sign-in: those of before end. Only for an account whose address has been proved.',
    errors: ['account_unproved'],
  },
  'DELETE /admin/users/{sub}/groups/{group}': {
    ...change,
    id: 'removeFromGroup',
    summary: 'Take a user out of a group',
    description: `Tokens of before keep the group for as long as they live. ${lastAdmin}`,
    errors: ['last_admin'],
  },
  'PATCH /admin/users/{sub}': {
    ...change,
    id: 'changeUser',
    summary: 'Let a user sign in no more, or again',
    description: `Who is disabled is signed out everywhere. ${lastAdmin}`,
    body: 'UserChanges',
    // Of two, and no parameter that may be left out, openapi-python-client 0.29.1 makes code that lacks an import.
    bodyType: 'application/json',
    errors: ['last_admin'],
  },
  'POST /admin/users/{sub}/sign-out': {
    ...change,
    id: 'signOutUser',
    summary: 'End all sign-ins of a user, who may sign in again',
    description:
      'A browser in which they signed in at the hosted UI within the last hour may let them in again without a password: disable them to keep them out.',
    errors: [],
  },
};
