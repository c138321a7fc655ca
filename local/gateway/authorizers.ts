/** The authorizers of the local gateway. */
import * as z from 'zod/mini';
import type { GatewayRequest, Verdict } from './gateway-request';
import { iamAuthorizer } from './iam-authorizer';
import { jwtAuthorizer } from './jwt-authorizer';
import { lambdaAuthorizer } from './lambda-authorizer';

/** Set by local/stack/services.ts. */
const settings = z.object({
  TOKEN_ISSUER: z.url(),
  USER_POOL_ID: z.string(),
  USER_POOL_CLIENT_ID: z.string(),
  CONSOLE_CLIENT_ID: z.string(),
  FUNCTION_SOCKET: z.string(),
  AUTHORIZER_CACHE_SECONDS: z.coerce.number(),
  COMPILED_TEMPLATE: z.string(),
  SESSION_SECRET: z.string(),
});

type Authorizer = (request: GatewayRequest) => Promise<Verdict>;

type Settings = z.infer<typeof settings>;

/** Under the name or type that serverless.yml gives an authorizer; `none` is a route without one. */
const authorizers: Readonly<Record<string, (settings: Settings) => Authorizer>> = {
  none: () => () => Promise.resolve({ context: {} }),
  cognito: ({ TOKEN_ISSUER: issuer, USER_POOL_CLIENT_ID: clientId, CONSOLE_CLIENT_ID: consoleClientId }) => {
    const contextOf = jwtAuthorizer({ issuer, clientIds: [clientId, consoleClientId] });
    return async ({ headers }) => verdict(await contextOf(headers.get('authorization')), 401);
  },
  groups: ({ FUNCTION_SOCKET: functionSocket, AUTHORIZER_CACHE_SECONDS: cacheSeconds }) =>
    lambdaAuthorizer({ functionSocket, cacheSeconds }),
  aws_iam: (env) => {
    const contextOf = iamAuthorizer({
      templateFile: env.COMPILED_TEMPLATE,
      sessionSecret: env.SESSION_SECRET,
      userPoolId: env.USER_POOL_ID,
      clientId: env.USER_POOL_CLIENT_ID,
      consoleClientId: env.CONSOLE_CLIENT_ID,
    });
    return async (request) => verdict(await contextOf(request), 403);
  },
};

const verdict = (context: object | undefined, status: 401 | 403): Verdict => (context ? { context } : { status });

const made = new Map<string, Authorizer>();

/** One for all routes of a kind, as on AWS. Throws for a kind that the local stack does not know: no route is left open. */
export function authorizerFor(kind: string): Authorizer {
  const known = made.get(kind);
  if (known) return known;
  const make = Object.hasOwn(authorizers, kind) ? authorizers[kind] : undefined;
  if (!make) throw new Error(`The local gateway does not know the authorizer "${kind}".`);
  const authorizer = make(settings.parse(process.env));
  made.set(kind, authorizer);
  return authorizer;
}
