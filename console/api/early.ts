/** What the first view asks, sent before its script is there: each answer is for the first who asks the same. */

/** No page of another origin can send it. */
export const ownHeader = { 'x-console': '1' };

const asked = new Map<string, Promise<Response>>();

function ask(address: string): Promise<Response> {
  const answer = fetch(address, { headers: ownHeader });
  // Whoever takes it sees the failure.
  answer.catch(() => undefined);
  asked.set(address, answer);
  return answer;
}

/** The answer to a request, where it has been sent already; once. */
export function takeEarly({ method, url }: Request): Promise<Response> | undefined {
  const { pathname, search } = new URL(url);
  const address = `${pathname}${search}`;
  const answer = method === 'GET' ? asked.get(address) : undefined;
  asked.delete(address);
  return answer;
}

/** Asks who is signed in and, where the list of products is to be seen, for its first page and the categories. */
export async function askEarly({ pathname, search }: { pathname: string; search: string }): Promise<void> {
  const answer = await ask('/console/session').catch(() => undefined);
  const isList = /^\/console(?:\/(?:products)?)?$/.test(pathname) && search === '';
  if (!answer?.ok || !isList) return;
  const session: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  const routes = typeof session === 'object' && session !== null && 'routes' in session ? session.routes : undefined;
  if (!Array.isArray(routes)) return;
  const list = ['/admin/products', '/products'].find((path) => routes.includes(`GET ${path}`));
  if (list === undefined) return;
  void ask(`/console-api${list}?limit=50`);
  void ask('/console-api/categories?limit=100');
}
