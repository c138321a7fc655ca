/**
 * Stands before the emulator and adds what it leaves out of AWS's work: the header `www-authenticate` of the gateway's 401,
 * the proof of an address by a code that was mailed there, the pool's PostConfirmation trigger, and what the hosted UI lacks.
 */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import type { Deployment } from '../../deployment/deployment';
import { freePort } from '../../local/processes/ports';
import { isRenewal, isRevocation, revoke, withGroups } from './hosted-ui-gaps';
import { markVerified, runPostConfirmation } from './post-confirmation';

/** Answers the address, which is there for as long as this process lives. */
export async function fillGaps(endpoint: string, deployment: Deployment): Promise<string> {
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await buffer(request);
      if (isRevocation(request)) {
        await revoke(request, body);
        response.writeHead(200).end();
        return;
      }
      const upstream = await pass(endpoint, request, body);
      const content = await buffer(upstream);
      const { statusCode: status = 502, headers } = upstream;
      if (status === 200 && provesAddress(request)) await markVerified(deployment, usernameIn(body));
      const failure =
        status === 200 && isConfirmation(request) ? await runPostConfirmation(deployment, usernameIn(body)) : undefined;
      if (failure !== undefined) {
        const problem = { __type: 'UserLambdaValidationException', message: failure };
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(problem));
      } else {
        const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
        const isRenewed = status === 200 && isRenewal(request, body);
        const whole = isRenewed ? await withGroups(content, request, body) : content;
        const length = isRenewed ? { 'content-length': whole.length } : {};
        response.writeHead(status, { ...headers, ...challenge, ...length }).end(whole);
      }
    };
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  // It holds no process up that has done all else.
  server.unref();
  return `http://127.0.0.1:${port}`;
}

/** The host stays the one that the client has signed. */
function pass(
  endpoint: string,
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    forward(new URL(url, endpoint), { method, headers }, resolve).once('error', reject).end(body);
  });
}

const isConfirmation = ({ headers }: IncomingMessage) =>
  /\.(?:Admin)?ConfirmSignUp$/.test(String(headers['x-amz-target']));

/** Not where an operator confirms. */
const provesAddress = ({ headers }: IncomingMessage) => String(headers['x-amz-target']).endsWith('.ConfirmSignUp');

const confirmation = z.object({ Username: z.string() });
const usernameIn = (body: Buffer) => confirmation.parse(JSON.parse(body.toString())).Username;
