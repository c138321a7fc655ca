/** A user pool's key set on this machine, served as Cognito would, or in whatever way a test wants it to fail. */
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { freePort } from '../../local/processes/ports';
import type { StackInfo } from '../../deployment/stack-info';
import { keyRequest } from '../../src/access/key-set';
import { requestTime } from './slow-engine';
import { poolKey, poolKeyId } from './tokens';

/** The public key of the tokens that `sign` makes. */
export const poolJwk = {
  ...createPublicKey(poolKey).export({ format: 'jwk' }),
  alg: 'RS256',
  kid: poolKeyId,
  use: 'sig',
};

const serveKeys: RequestListener = (_, response) => response.end(JSON.stringify({ keys: [poolJwk] }));

export interface KeyServer {
  /** The stack whose tokens can be verified here; of its parts, only the keys are there. */
  stack: StackInfo;
  /** What a verifier has to know of the pool. */
  pool: { issuer: string; clientIds: string[] };
  /** The paths that have been asked for. */
  requests: string[];
  /** Answers requests from now on: `serveKeys`, unless a test sets another one. */
  answer: RequestListener;
  serveKeys: RequestListener;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server with one key set, at the place where the pool's issuer says it is. It is waited for, however slow the machine. */
export async function startKeyServer(): Promise<KeyServer> {
  keyRequest.responseTimeout = requestTime;
  const port = await freePort();
  const cognitoUrl = `http://127.0.0.1:${port}`;
  const [userPoolId, clientId, consoleClientId] = ['eu-central-1_pool', 'client', 'console'];
  const server = createServer((request, response) => {
    keyServer.requests.push(String(request.url));
    keyServer.answer(request, response);
  });
  const keyServer: KeyServer = {
    stack: {
      authorizer: 'lambda',
      apiUrl: 'http://127.0.0.1:0',
      cognitoUrl,
      dynamodbUrl: 'http://127.0.0.1:0',
      region: 'eu-central-1',
      userPoolId,
      clientId,
      tableName: 'none',
    },
    pool: { issuer: `${cognitoUrl}/${userPoolId}`, clientIds: [clientId, consoleClientId] },
    requests: [],
    answer: serveKeys,
    serveKeys,
    start: async () => {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  await keyServer.start();
  return keyServer;
}
