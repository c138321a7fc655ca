/** The operations of the local pool, under the names that a request gives them. */
import type { Operation } from '../aws-json/answer';
import { adminGroupOperations } from './operations/admin-groups';
import { adminUserOperations } from './operations/admin-users';
import type { PoolOperation } from './operations/operation';
import { ownAccountOperations } from './operations/own-account';
import { sessionOperations } from './operations/sessions';
import { signInOperations } from './operations/sign-in';
import { signUpOperations } from './operations/sign-up';
import type { Pool } from './pool';

const operations: Readonly<Record<string, PoolOperation>> = {
  ...signUpOperations,
  ...signInOperations,
  ...sessionOperations,
  ...ownAccountOperations,
  ...adminUserOperations,
  ...adminGroupOperations,
};

export const operationsOf = (pool: Pool): ReadonlyMap<string, Operation> =>
  new Map(
    Object.entries(operations).map(([name, run]) => [
      `AWSCognitoIdentityProviderService.${name}`,
      (input, request) => run(pool, input, request),
    ]),
  );
