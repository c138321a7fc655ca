/** The user pool of the local stack: an own one, because none that can be had refuses what Cognito refuses. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Service } from '../processes/processes';
import { newChallenges } from './challenges';
import type { Pool } from './pool';
import { poolServer } from './server';
import { newSessions } from './sessions';
import { readSettings } from './settings';
import { signingKey } from './signing-key';
import { openStore, type Store } from './store';
import { postConfirmation } from './trigger';

interface UserPoolOptions {
  /** Keeps the users and the key. */
  directory: string;
  port: number;
  /** Where the pool's trigger can be invoked. */
  functionSocket: string;
  /** Whether strangers may sign up. */
  selfSignUp: boolean;
  /** Those of web pages that may use the pool. */
  origins: readonly string[];
  /** Called with every mail that is sent. */
  onMail?: ((to: string, text: string) => void) | undefined;
}

export interface UserPoolService extends Service {
  /** Whether the sign-in that a token of this user comes from still counts. */
  isCurrent: (sub: string, sessionId: string) => boolean;
}

/** Resolves once it listens, on the loopback address. Throws `StartError` where the data of
 * an earlier run cannot be read, or the policy cannot be enforced. */
export async function startUserPool(options: UserPoolOptions): Promise<UserPoolService> {
  const { directory, port, functionSocket, selfSignUp, origins, onMail = () => undefined } = options;
  const url = `http://127.0.0.1:${port}`;
  const settings = readSettings(url, selfSignUp);
  const store = openStore(path.join(directory, 'user-pool.json'));
  declareGroups(store, settings.groups);
  const sessions = newSessions(settings, store, signingKey(path.join(directory, 'signing-key.pem')));
  const pool: Pool = {
    settings,
    store,
    sessions,
    challenges: newChallenges(),
    confirmed: postConfirmation(functionSocket),
    mail: onMail,
  };
  const server = createServer(poolServer(pool, url, origins));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    isCurrent: sessions.isCurrent,
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

/** The groups of the policy are there, as it has them; others stay as they are. */
function declareGroups(store: Store, declared: ReturnType<typeof readSettings>['groups']): void {
  store.change((draft) => {
    const others = draft.groups.filter(({ GroupName }) => !declared.some((group) => group.GroupName === GroupName));
    draft.groups = [...declared.map((group) => ({ ...group, createdAt: Date.now() })), ...others];
  });
}
