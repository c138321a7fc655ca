/** Headers as they are typed after -H, and whether a request of `npm run call` can carry them. */
import { Failure } from '../deployment/failure';

/** What the connection says of itself (RFC 9110, section 7.6.1): fetch sends its own, or refuses to send any. */
const ofTheConnection = [
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
];

/** Throws `Failure` for one that is malformed, or that is not the caller's to set. */
export function readHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) headers.append(...readHeader(line));
  return headers;
}

function readHeader(line: string): [name: string, value: string] {
  // RFC 9110, sections 5.1 and 5.5.
  const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]*)$/.exec(line) ?? [];
  if (name === '') throw new Failure(`"${line}" is no header: it is 'name: value', on one line and in ASCII.`);
  if (name.toLowerCase() === 'authorization') {
    throw new Failure(
      'Authorization is set by the sign-in: leave it out, or use curl, with a token of "npm run token" or one of your own.',
    );
  }
  if (ofTheConnection.includes(name.toLowerCase())) {
    throw new Failure(`The header ${name} is set by the connection: leave it out, or use curl.`);
  }
  return [name, value];
}
