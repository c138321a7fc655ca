/** A browser at the sign-in page of the local pool: sees what a person's browser would, and nothing more. */

export interface Page {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Loads an address, and follows no redirect. */
export async function load(address: string | URL, request: RequestInit = {}): Promise<Page> {
  const response = await fetch(address, { ...request, redirect: 'manual' });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

/** What a browser makes of a character that HTML has by its number. */
const decode = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** Loads the sign-in page, fills in its form and sends it, with a new password where one has been chosen. */
export async function fillIn(address: string, username: string, password: string, chosen?: string): Promise<Page> {
  const { text } = await load(address);
  const [, action = ''] = /<form method="POST" action="([^"]*)"/.exec(text) ?? [];
  const body = new URLSearchParams();
  for (const [, name = '', value = ''] of text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)) {
    body.set(name, decode(value));
  }
  body.set('username', username);
  body.set('password', password);
  if (chosen !== undefined) body.set('new_password', chosen);
  return load(new URL(action, address), { method: 'POST', body });
}

/** Signs in, and says where the browser is sent to with the code. */
export async function signInByBrowser(address: string, username: string, password: string): Promise<URL> {
  const { status, headers, text } = await fillIn(address, username, password);
  if (headers['location'] === undefined) throw new Error(`The sign-in page answered ${status}: ${text}`);
  return new URL(headers['location']);
}
