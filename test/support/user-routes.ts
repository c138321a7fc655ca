/** The routes of users on a local pool of a test's own, with what each function has asked Cognito for. */
import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { projectRoot, readService } from '../../deployment/service';
import type { Endpoint } from '../../src/http/endpoint';
import { call, type Answer, type FakeRequest } from './events';
import { startLocalPool } from './local-pool';
import { expectDocumented } from './openapi';

export type UserRoutes = Awaited<ReturnType<typeof startUserRoutes>>;

/** Before this, nothing of `src` that reads the settings may have been loaded. */
export async function startUserRoutes() {
  const pool = await startLocalPool();
  process.env['COGNITO_ENDPOINT'] = pool.cognitoUrl;
  process.env['TOKEN_ISSUER'] = `${pool.cognitoUrl}/${pool.userPoolId}`;
  const { pool: asFunctions } = await import('../../src/users/user-pool');
  const { routes } = readService();
  const userRoutes = routes.filter(({ routeKey }) => routeKey.includes('/admin/users'));
  const handlers = new Map<string, Endpoint>();
  for (const { routeKey, functionName } of userRoutes) {
    const entry = (await import(path.join(projectRoot, 'functions', functionName))) as { handler: Endpoint };
    handlers.set(routeKey, entry.handler);
  }

  /** By function, as in `cognito-idp:AdminGetUser`. */
  const performed = new Map<string, Set<string>>(userRoutes.map(({ functionName }) => [functionName, new Set()]));
  const running = new AsyncLocalStorage<string>();
  asFunctions.client.middlewareStack.add(
    (next, context) => (args) => {
      performed
        .get(running.getStore() ?? '')
        ?.add(`cognito-idp:${(context.commandName ?? '').replace(/Command$/, '')}`);
      return next(args);
    },
    { step: 'initialize' },
  );

  return {
    ...pool,
    performed,
    /** The answer, as the document has it; of an admin unless the request says otherwise. */
    async send(routeKey: string, request: Omit<FakeRequest, 'routeKey'> = {}): Promise<Answer> {
      const handler = handlers.get(routeKey);
      if (!handler) throw new Error(`No handler for ${routeKey}`);
      const functionName = userRoutes.find((route) => route.routeKey === routeKey)?.functionName ?? '';
      const answer = await running.run(functionName, () => call(handler, { routeKey, ...request }));
      expectDocumented(routeKey, answer);
      return answer;
    },
    /** A confirmed user of the pool, in these groups. */
    async member(email: string, groups: string[]): Promise<string> {
      const sub = await pool.join(email);
      for (const GroupName of groups) await pool.admin('AdminAddUserToGroup', { Username: sub, GroupName });
      return sub;
    },
  };
}
