/** An attacker's key set, on this machine, where forged tokens say that it is; nobody should ever come for it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../local/processes/ports';
import { attackersJwk } from './token-mutants/keys';

export interface AttackersKeys {
  url: string;
  /** How often someone has connected. */
  connections(): number;
  stop(): Promise<void>;
}

export async function startAttackersKeys(): Promise<AttackersKeys> {
  let connections = 0;
  const keys = [attackersJwk, { ...attackersJwk, kid: 'mine' }];
  const server = createServer((_, response) => response.end(JSON.stringify({ keys })));
  server.on('connection', () => (connections += 1));
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
