/**
 * Requests to AWS services, signed by the SDK's own signer, which every function has anyway: the SDK's clients for
 * these services would not fit into a bundle (Lambda's is 75 kB).
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
  /** Set on the local stack, where a socket stands in for the service. */
  socketPath?: string | undefined;
}

export interface AwsResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const agent = new https.Agent({ keepAlive: true });

/**
 * Sends a request that may safely be done twice, and gives it up at the deadline. A connection that was kept may have
 * been closed while the function was frozen; the request is then sent once more. Rejects if nobody answers.
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
  // The listener for errors stays to the end: a service may answer before it has read the whole body and then break the
  // connection off, and without a listener that would end the process.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}
