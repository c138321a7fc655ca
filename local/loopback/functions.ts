/**
 * The functions of the API's process, as the rest of the stack invokes them: at a socket that no web page and no other user can
 * open, because whoever invokes a function says who its caller is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { StartError } from '../processes/start-error';

export interface FunctionSocket {
  path: string;
  remove(): void;
}

export const newFunctionSocket = (): FunctionSocket => newSocket('functions');

// In bytes, with a zero at the end: macOS has 104 (sys/un.h), Linux 108.
const longestPath = 103;

/** In the folder of temporary files, as the path of a socket must be short. Throws `StartError` where there can be none. */
export function newSocket(name: string): FunctionSocket {
  const folder = newFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${path.basename(folder)}`, remove };
  const socket = path.join(folder, name);
  if (Buffer.byteLength(socket) <= longestPath) return { path: socket, remove };
  remove();
  throw new StartError(
    `The path of a socket in ${tmpdir()} would be too long: set TMPDIR to another folder, such as /tmp.`,
  );
}

function newFolder(): string {
  try {
    return mkdtempSync(path.join(tmpdir(), 'catalog-'));
  } catch {
    throw new StartError(`Nothing can be written in ${tmpdir()}: set TMPDIR to another folder, such as /tmp.`);
  }
}

interface Invocation {
  /** Of the function; what precedes it in a deployed one's is added. */
  name: string;
  event: object;
  signal?: AbortSignal;
}

interface Outcome {
  failed: boolean;
  /** What it returned, or why it failed, in a line: the stack is in the log of the API. */
  payload: string;
}

/** Invokes a function as Lambda's own API does. Rejects where nobody answers. */
export async function invokeFunction(socketPath: string, { name, event, ...options }: Invocation): Promise<Outcome> {
  const address = `/2015-03-31/functions/admin-catalog-local-${name}/invocations`;
  // A new connection each time: the server may be closing a kept one at this very moment.
  const invocation = request({ socketPath, method: 'POST', path: address, agent: false, ...options });
  // Listens to errors to the end: one that comes after the answer has begun would end the process.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    invocation.once('response', resolve).on('error', reject).end(JSON.stringify(event));
  });
  const failed = response.statusCode !== 200 || response.headers['x-amz-function-error'] !== undefined;
  const payload = await text(response);
  return { failed, payload: failed ? firstLine(payload) : payload };
}

const failure = z.object({ errorMessage: z.string() });

/** Of the error's message; whatever else a payload holds is not for whoever called. */
function firstLine(payload: string): string {
  const { data } = failure.safeParse(parse(payload));
  return data?.errorMessage.split('\n')[0] ?? 'of a function that gave no reason';
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
