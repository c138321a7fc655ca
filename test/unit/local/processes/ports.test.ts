/** Who asks for a free port gets one that nobody else has, or has been given. */
import crypto from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { freePort, freePorts } from '../../../../local/processes/ports';

/** The port that is given where chance comes to this one first. */
async function afterMeeting(port: number): Promise<number> {
  const chance = jest.spyOn(crypto, 'randomInt').mockImplementationOnce(() => port);
  const given = await freePort();
  expect(chance).toHaveBeenCalled();
  chance.mockRestore();
  return given;
}

it('passes a port over that has been given before, and that nothing listens on as yet', async () => {
  const ports = await freePorts(3);
  for (const port of ports) expect(ports).not.toContain(await afterMeeting(port));
});

it('passes a port over that something listens on', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await afterMeeting(port)).not.toBe(port);
  server.close();
  await once(server, 'close');
});
