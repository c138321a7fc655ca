/**
 * Requests to services of AWS whose client in the SDK would not fit into a bundle (Lambda's is 75 kB): signed by the SDK's own
 * signer, which every function has anyway.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { deadlineSignal } from '../deadline';
import { signHeaders } from '../sign-headers';

export interface AwsRequest {
  service: string;
  region: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  url: URL;
  /** Beside `host`, with names in lower case. */
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** Locally, where a socket stands for the service. */
  socketPath?: string | undefined;
}

export interface AwsResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const agent = new https.Agent({ keepAlive: true });

/**
 * Sends what may be done twice; given up at the request's deadline. A kept connection may have ended while the function was
 * frozen: it is sent once more then. Rejects where nobody answers.
 */
export async function sendSigned(request: AwsRequest): Promise<AwsResponse> {
  try {
    return await attempt(request);
  } catch (error) {
    const hasEnded = error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE'].includes(String(error.code));
    if (!hasEnded) throw error;
    return attempt(request);
  }
}

async function attempt(sent: AwsRequest): Promise<AwsResponse> {
  const { service, region, method, url, headers: more, body, socketPath } = sent;
  const request = { method, target: url.pathname + url.search, headers: { ...more, host: url.host }, body };
  const headers = await signHeaders(request, await fromEnv()(), { service, region }, new Date());
  const options = { method, headers, signal: deadlineSignal() };
  const sending =
    url.protocol === 'https:'
      ? https.request(url, { ...options, agent })
      : http.request(url, { ...options, agent: false, ...(socketPath === undefined ? {} : { socketPath }) });
  // Listens to errors to the end: a service may answer before it has read all of a body, and then break the connection off,
  // which would end the process.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}
