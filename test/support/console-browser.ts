/** A browser at the console: keeps its cookies, follows its sign-in, and sends what its page sends. */
import { signInByBrowser } from './browser';
import { exchange, password } from './stack';

export interface ConsoleRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface ConsoleAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  text: string;
}

/** Sends one request, with exactly these headers. */
export type Send = (
  path: string,
  request: ConsoleRequest & { headers: Record<string, string> },
) => Promise<ConsoleAnswer>;

export const sendTo =
  (apiUrl: string): Send =>
  async (path, { method = 'GET', headers, body }) => {
    const { response, text } = await exchange(apiUrl + path, { method, headers }, body);
    const { 'set-cookie': cookies = [], ...others } = response.headers;
    const seen = Object.entries(others).map(([name, value]) => [name, String(value)]);
    return { status: response.statusCode ?? 0, headers: Object.fromEntries(seen), cookies, text };
  };

export function consoleBrowser(send: Send) {
  const cookies = new Map<string, string>();
  const seen: ConsoleAnswer[] = [];

  /** As when a person follows a link. */
  async function visit(path: string, request: ConsoleRequest = {}): Promise<ConsoleAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...request.headers };
    const answer = await send(path, { ...request, headers });
    seen.push(answer);
    for (const text of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  /** As the page asks. */
  async function ask(path: string, { headers, ...request }: ConsoleRequest = {}) {
    const type: Record<string, string> = request.body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await visit(path, { ...request, headers: { 'x-console': '1', ...type, ...headers } });
    return { ...answer, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
  }

  /** Where the hosted UI sends the browser with a code, for somebody who has typed their password. */
  async function comeBack(email: string, to = '/console', secret = password): Promise<string> {
    const { headers } = await visit(`/console/login?to=${encodeURIComponent(to)}`);
    const { pathname, search } = await signInByBrowser(headers['location'] ?? '', email, secret);
    return `${pathname}${search}`;
  }

  return {
    cookies,
    /** Everything that the page, or a script in it, could have seen. */
    seen,
    visit,
    ask,
    comeBack,
    signIn: async (email: string, to?: string, secret?: string) => visit(await comeBack(email, to, secret)),
  };
}
