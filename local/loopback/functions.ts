/**
 * The functions of the API's process, as the rest of the stack invokes them: at a socket that no web page and no other user can
 * open, because whoever invokes a function says who its caller is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export interface FunctionSocket {
  path: string;
  remove(): void;
}

export const newFunctionSocket = (): FunctionSocket => newSocket('functions');

/** In the folder of temporary files: the path of a socket has 104 characters at most. */
export function newSocket(name: string): FunctionSocket {
  const folder = mkdtempSync(path.join(tmpdir(), 'catalog-'));
  const pipe = `\\\\.\\pipe\\${path.basename(folder)}`;
  return {
    path: process.platform === 'win32' ? pipe : path.join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Invocation {
  /** Of the function; what precedes it in a deployed one's is added. */
  name: string;
  event: object;
  signal?: AbortSignal;
}

interface Outcome {
  failed: boolean;
  /** What it returned, or why it failed. */
  payload: string;
}

/** Invokes a function as Lambda's own API does. Rejects where nobody answers. */
export async function invokeFunction(socketPath: string, { name, event, ...options }: Invocation): Promise<Outcome> {
  const address = `/2015-03-31/functions/admin-catalog-local-${name}/invocations`;
  // On a connection of its own: one kept open ends when its server is tired of it, perhaps just now.
  const invocation = request({ socketPath, method: 'POST', path: address, agent: false, ...options });
  // Listens to errors to the end: one that comes after the answer has begun would end the process.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    invocation.once('response', resolve).on('error', reject).end(JSON.stringify(event));
  });
  const failed = response.statusCode !== 200 || response.headers['x-amz-function-error'] !== undefined;
  return { failed, payload: await text(response) };
}
