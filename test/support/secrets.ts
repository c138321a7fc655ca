/** What must never be seen in a log or an answer. */
import { password } from './stack';

/** Three parts in base64url, the first of which is a JSON object: any token, whoever signed it. */
const token = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;
/** A frame of a stack trace, in plain text or within JSON. */
const stackTrace = /(?:^|\\n|["'\n])\s*at (?:[\w.<>[\] ]+ \()?(?:file:|node:|\/)[^\s"]+:\d+:\d+/;

/** The kinds of secrets in a text. */
export function secretsIn(text: string): string[] {
  return [
    ...(token.test(text) ? ['a token'] : []),
    ...(text.includes(password) ? ['a password'] : []),
    ...(stackTrace.test(text) ? ['a stack trace'] : []),
  ];
}
