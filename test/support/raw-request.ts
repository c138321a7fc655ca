/** Requests byte by byte, for what HTTP clients would put right or refuse to send. */
import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  body: string;
}

/** Sends these lines as the head of a request with no body, and answers what comes back before the connection is closed. */
export async function sendRaw(
  baseUrl: string,
  requestLine: string,
  headerLines: readonly string[],
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  const lines = [`${requestLine} HTTP/1.1`, `host: ${host}`, 'connection: close', ...headerLines];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks).toString();
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]), body: answer.split('\r\n\r\n')[1] ?? '' };
}
