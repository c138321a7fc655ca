/** The three kinds of operations of the pool's API, by who may call them. */
import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import { readInput, ServiceError } from '../../aws-json/service-error';
import { requireClient, requirePool, type Pool } from '../pool';
import type { Client } from '../clients';
import type { User } from '../store';
import { ownAccountScope } from '../sessions';

type Output = object | Promise<object>;

/** Throws `ServiceError`, as each operation does with Cognito's own names. */
export type PoolOperation = (pool: Pool, input: unknown, request: IncomingMessage) => Output;

const ofClient = z.object({ ClientId: z.string(), SecretHash: z.optional(z.string()) });

/** For an application, on behalf of whoever uses it. */
export const clientOperation =
  <Input>(schema: z.ZodMiniType<Input>, run: (pool: Pool, input: Input, client: Client) => Output): PoolOperation =>
  (pool, input) => {
    const { ClientId, SecretHash } = readInput(ofClient, input);
    const client = requireClient(pool, ClientId);
    if (SecretHash !== undefined) {
      throw new ServiceError(
        'NotAuthorizedException',
        `Client ${ClientId} is configured without secret but secret hash was received`,
      );
    }
    return run(pool, readInput(schema, input), client);
  };

const ofUser = z.object({ AccessToken: z.string() });

/** For somebody who has signed in at the API, on their own account. */
export const userOperation =
  <Input>(schema: z.ZodMiniType<Input>, run: (pool: Pool, input: Input, user: User) => Output): PoolOperation =>
  (pool, input) => {
    const { user, scopes } = pool.sessions.readAccessToken(readInput(ofUser, input).AccessToken);
    // Tokens of the hosted UI are for the API of the application alone.
    if (!scopes.includes(ownAccountScope)) {
      throw new ServiceError('NotAuthorizedException', 'Access Token does not have required scopes');
    }
    return run(pool, readInput(schema, input), user);
  };

const ofPool = z.object({ UserPoolId: z.string() });

/** For the operator, whose requests are signed. Who has signed is not looked into: on this machine that is its owner. */
export const adminOperation =
  <Input>(schema: z.ZodMiniType<Input>, run: (pool: Pool, input: Input) => Output): PoolOperation =>
  (pool, input, { headers }) => {
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    requirePool(readInput(ofPool, input).UserPoolId);
    return run(pool, readInput(schema, input));
  };

/** Letters, marks, symbols, digits and punctuation: what Cognito takes for names of users and groups. */
export const nameText = z.string().check(z.regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u));
