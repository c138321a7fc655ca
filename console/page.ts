/** The console's first page: who is signed in and what they may do, and the way in and out. */
import './page.css';

interface Session {
  signedIn: boolean;
  email?: string;
  groups?: string[];
  routes?: string[];
}

const main = document.querySelector('main');

const ask = async <Answer>(path: string, method = 'GET'): Promise<Answer> => {
  const response = await fetch(path, { method, headers: { 'x-console': '1' } });
  if (!response.ok) throw new Error(`The console answered ${response.status}.`);
  return (await response.json()) as Answer;
};

function element(name: string, text: string, properties: Partial<HTMLAnchorElement & HTMLButtonElement> = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

const list = (items: string[]) => {
  const all = document.createElement('ul');
  all.replaceChildren(...items.map((item) => element('li', item)));
  return all;
};

async function signOut(): Promise<void> {
  const { location } = await ask<{ location: string }>('/console/sign-out', 'POST');
  window.location.assign(location);
}

async function show(): Promise<void> {
  const { signedIn, email = '', groups = [], routes = [] } = await ask<Session>('/console/session');
  const here = `${window.location.pathname}${window.location.search}`;
  main?.replaceChildren(
    ...(signedIn
      ? [
          element('h1', `Signed in as ${email}`),
          element(
            'p',
            groups.length > 0 ? `In ${groups.join(' and ')}; may use:` : 'In no group: an admin can add you to one.',
          ),
          list(routes),
          element('button', 'Sign out', { onclick: () => void signOut().catch(tell) }),
        ]
      : [
          element('h1', 'Catalogue'),
          ...(window.location.pathname.endsWith('/sign-in-failed') ? [element('p', 'Nobody has been signed in.')] : []),
          element('a', 'Sign in', { href: `/console/login?to=${encodeURIComponent(here)}` }),
        ]),
  );
}

const tell = (error: unknown) => main?.append(element('p', `${String(error)} Try again.`, { role: 'alert' }));

show().catch(tell);
