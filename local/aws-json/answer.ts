/** The protocol of Cognito's APIs, AWS JSON 1.1: a POST whose header names the operation. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { printError } from '../../deployment/terminal';
import { ServiceError } from './service-error';

/** Takes what was sent, and answers what to send back. Throws `ServiceError`. */
export type Operation = (input: unknown, request: IncomingMessage) => object | Promise<object>;

/** Answers a request by the operation that it names, as in `AWSCognitoIdentityService.GetId`, or with the error's name. */
export async function answerOperation(
  request: IncomingMessage,
  response: ServerResponse,
  operations: ReadonlyMap<string, Operation>,
): Promise<void> {
  const send = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  try {
    send(200, await run(request, operations));
  } catch (error) {
    if (error instanceof ServiceError) {
      response.setHeader('x-amzn-errortype', error.type);
      send(error.status, { __type: error.type, message: error.message });
      return;
    }
    // The client has gone.
    if (!request.complete) return;
    printError(error instanceof Error ? error.message : String(error));
    send(500, { __type: 'InternalErrorException', message: 'The log of the local stack says why.' });
  }
}

const mediaType = /^application\/x-amz-json-1\.1(?:;|$)/;

async function run(request: IncomingMessage, operations: ReadonlyMap<string, Operation>): Promise<object> {
  const body = await readBody(request);
  const { method, url, headers } = request;
  if (method !== 'POST' || url !== '/') throw unknownOperation(404);
  const operation = operations.get(String(headers['x-amz-target']));
  if (!operation || !mediaType.test(headers['content-type'] ?? '')) throw unknownOperation(400);
  return operation(parseJson(body), request);
}

const unknownOperation = (status: number) =>
  new ServiceError('UnknownOperationException', 'There is no such operation.', status);

const bodyLimit = 64 * 1024;

/** Throws `ServiceError` where it is too long. */
export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
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
