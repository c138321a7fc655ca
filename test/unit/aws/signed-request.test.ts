/** Requests to a service that does not hear them out. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { sendSigned } from '../../../src/aws/signed-request';

let server: Server;
/** Answers at once, reads nothing of the body, and breaks the connection off while that is still being sent. */
beforeEach(async () => {
  server = createServer((request, response) => {
    response.writeHead(503, { 'content-length': 4 }).write('SLOW');
    setTimeout(() => request.socket.resetAndDestroy(), 50);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
});
afterEach(() => server.close());

it('sendSigned gives the answer of a service that ends the connection before it has read all of the body', async () => {
  const broken = new Promise<unknown>((resolve) =>
    server.once('connection', (socket) => socket.once('close', resolve)),
  );
  const { port } = server.address() as AddressInfo;
  const answer = await sendSigned({
    ...{ service: 's3', region: 'eu-central-1', method: 'PUT' },
    ...{ url: new URL(`http://127.0.0.1:${port}/bucket/key`), body: Buffer.alloc(16 * 1024 * 1024) },
  });
  expect(answer).toMatchObject({ status: 503, body: Buffer.from('SLOW') });
  await broken;
  // An error that nobody awaits would come out now, and fail this test.
  await new Promise((resolve) => setTimeout(resolve, 50));
});
