/**
 * The user pool of the local stack. It is our own because no existing one refuses what Cognito refuses (decision 0013).
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Service } from '../processes/processes';
import { newChallenges } from './challenges';
import type { Pool } from './pool';
import { poolServer } from './server';
import { newSessions } from './sessions';
import { readSettings } from './settings';
import { secretOf, signingKey } from './signing-key';
import { openStore, type Store } from './store';
import { postConfirmation } from './trigger';

interface UserPoolOptions {
  /** Keeps the users and the key. */
  directory: string;
  port: number;
  /** Where the pool's trigger can be invoked. */
  functionSocket: string;
  /** Where the console is, which signs people in as a client of its own. */
  consoleUrl: string;
  /** Whether strangers may sign up. */
  selfSignUp: boolean;
  /** Parameters of a deploy, of which some say where the hosted UI sends people back to. */
  parameters?: Readonly<Record<string, string>>;
  /** Those of web pages that may use the pool. */
  origins: readonly string[];
  /** Called with every mail that is sent. */
  onMail?: ((to: string, text: string) => void) | undefined;
}

export interface UserPoolService extends Service {
  /** The console's client secret. */
  consoleSecret: string;
  /** Whether the sign-in that a token of this user comes from still counts. */
  isCurrent: (sub: string, sessionId: string) => boolean;
}

/**
 * Resolves once it listens on the loopback address. Throws `StartError` if the data of an earlier run cannot be read,
 * or the policy cannot be enforced.
 */
export async function startUserPool(options: UserPoolOptions): Promise<UserPoolService> {
  const { directory, port, functionSocket, consoleUrl, selfSignUp, parameters, origins } = options;
  const { onMail = () => undefined } = options;
  const cognitoUrl = `http://127.0.0.1:${port}`;
  const store = openStore(path.join(directory, 'user-pool.json'));
  const key = signingKey(path.join(directory, 'signing-key.pem'));
  const consoleSecret = secretOf(key, 'client of the console');
  const settings = readSettings({ cognitoUrl, selfSignUp, parameters, consoleUrl, consoleSecret });
  declareGroups(store, settings.groups);
  const sessions = newSessions(settings, store, key);
  const pool: Pool = {
    settings,
    store,
    sessions,
    challenges: newChallenges(),
    confirmed: postConfirmation(functionSocket),
    mail: onMail,
  };
  const server = createServer(poolServer(pool, cognitoUrl, origins));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    consoleSecret,
    isCurrent: sessions.isCurrent,
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

/** Puts the groups of the policy into the pool, as the policy has them; other groups stay as they are. */
function declareGroups(store: Store, declared: ReturnType<typeof readSettings>['groups']): void {
  store.change((draft) => {
    const others = draft.groups.filter(({ GroupName }) => !declared.some((group) => group.GroupName === GroupName));
    draft.groups = [...declared.map((group) => ({ ...group, createdAt: Date.now() })), ...others];
  });
}
