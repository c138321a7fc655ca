/** The ports of this machine: which are free. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StartError } from './start-error';

/** Throws `StartError` when something listens on the port already. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  if (!(await canListen(port))) {
    throw new StartError(`Port ${port} is in use: end what listens there, or set ${variable} to another port.`);
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Keeps the port from whoever else looks for one here, until this process ends, by its namesake of UDP, which nothing needs: a
 * stack listens on its ports only seconds after they were chosen.
 */
function claim(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
}

/** A port that nothing listens on now, and that nobody else is given here. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('There is no free port');
  return port;
}

// Below those that systems hand to outgoing connections and to servers without a port of their own (from 32,768 on Linux, from
// 49,152 on others): until it is listened on, nobody gets such a port by chance. Above the last that `fetch` refuses.
const [lowest, highest] = [10_081, 32_767];

/** Several free ports, no two the same. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(lowest, highest + 1);
    if ((await claim(port)) && (await canListen(port))) ports.add(port);
  }
  return [...ports];
}
