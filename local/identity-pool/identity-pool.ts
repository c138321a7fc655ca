/** An identity pool for the local stack, as far as AWS_IAM needs one: Cognito's GetId and GetCredentialsForIdentity over HTTP. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { compiledTemplate } from './compiled-template';
import { getCredentialsForIdentity, getId, ServiceError, type IdentityPool } from './operations';
import type { Service } from '../processes/processes';
import { sessionCredentials } from '../iam/session-credentials';
import { loginReader } from './user-pool-login';

interface IdentityPoolOptions {
  port: number;
  /** The compiled CloudFormation template; it may be written after the start. */
  templateFile: string;
  /** Known to the gateway as well, which checks what is issued here. */
  sessionSecret: string;
  cognitoUrl: string;
  userPoolId: string;
  clientId: string;
}

/** Resolves once it listens, on the loopback address. */
export async function startIdentityPool(options: IdentityPoolOptions): Promise<Service> {
  const { port, templateFile, sessionSecret, cognitoUrl, userPoolId, clientId } = options;
  const pool: IdentityPool = {
    userPoolId,
    template: compiledTemplate(templateFile, { userPoolId, clientId }),
    readLogin: loginReader({ cognitoUrl, userPoolId, clientId }),
    issue: sessionCredentials(sessionSecret).issue,
  };
  const server = createServer((request, response) => void respond(pool, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

async function respond(pool: IdentityPool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  try {
    send(200, await run(pool, request));
  } catch (error) {
    if (error instanceof ServiceError) {
      send(error.status, { __type: error.type, message: error.message });
      return;
    }
    // The client has gone.
    if (!request.complete) return;
    console.error(error instanceof Error ? error.message : error);
    send(500, { __type: 'InternalErrorException', message: 'The log of the local stack says why.' });
  }
}

const mediaType = /^application\/x-amz-json-1\.1(?:;|$)/;

const operations = new Map([
  ['AWSCognitoIdentityService.GetId', getId],
  ['AWSCognitoIdentityService.GetCredentialsForIdentity', getCredentialsForIdentity],
]);

async function run(pool: IdentityPool, request: IncomingMessage): Promise<object> {
  const body = await readBody(request);
  const { method, url, headers } = request;
  if (method !== 'POST' || url !== '/') throw unknownOperation(404);
  const operation = operations.get(String(headers['x-amz-target']));
  if (!operation || !mediaType.test(headers['content-type'] ?? '')) throw unknownOperation(400);
  return operation(pool, parseJson(body));
}

const unknownOperation = (status: number) =>
  new ServiceError('UnknownOperationException', 'There is no such operation.', status);

const bodyLimit = 64 * 1024;

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Read to its end even where it is too long: a client that is still sending would not see the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  if (size > bodyLimit) throw new ServiceError('RequestEntityTooLargeException', 'The request is too long.', 413);
  return Buffer.concat(chunks);
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ServiceError('SerializationException', 'The request is not JSON.');
  }
}
