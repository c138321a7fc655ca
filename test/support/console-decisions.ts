/** What becomes of a request at each route of the console, by what comes with it. */
import { consoleBrowser, sendTo } from './console-browser';

const { routes: consoleRoutes } = jest.requireActual<{ routes: string[] }>('../../resources/console');

/** What a request may bring, and lack. */
const senders: Readonly<Record<string, { session: boolean; headers: Record<string, string> }>> = {
  'nobody signed in': { session: false, headers: {} },
  'a session': { session: true, headers: {} },
  'a session, no `x-console`': { session: true, headers: { 'x-console': '' } },
  'a session, from another origin': { session: true, headers: { origin: 'https://shop.example.com' } },
};

const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** An address of the route, with one of the API that this method is for. */
const addressOf = (method: string, path: string) =>
  path.replace('{proxy+}', method === 'POST' ? 'products?unknown=1' : `products/${id}?unknown=1`);

/** The heading and a row for each route; `email` is of an admin. */
export async function consoleDecisions(apiUrl: string, email: string): Promise<string[][]> {
  const page = consoleBrowser(sendTo(apiUrl));
  await page.signIn(email);
  const session = page.cookies.get('__Host-console') ?? '';

  async function decide(route: string, sender: (typeof senders)[string]): Promise<string> {
    const [method = '', path = ''] = route.split(' ');
    const cookie = sender.session && { cookie: `__Host-console=${session}` };
    const headers = { 'x-console': '1', ...cookie, ...sender.headers };
    const { status, text } = await sendTo(apiUrl)(addressOf(method, path), { method, headers });
    if (status === 200) return text.startsWith('<!doctype html>') ? 'the page' : 'served';
    const { code } = JSON.parse(text) as { code: string };
    // Whoever gets past access control meets a validation error.
    return status === 400 && code === 'invalid_request' ? 'as the API decides' : `refused: ${status}`;
  }

  const rows = [...consoleRoutes.slice(0, 2), 'GET /console/session', ...consoleRoutes.slice(2)].map(async (route) => {
    const decisions = Object.values(senders).map((sender) => decide(route, sender));
    return [`\`${route}\``, ...(await Promise.all(decisions))];
  });
  return [['Route', ...Object.keys(senders)], ...(await Promise.all(rows))];
}
