/** A browser of a test's own, which tells of all that its pages may not do, and ends with the test. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page, type Response } from 'playwright-core';
import { secretsIn } from './secrets';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** In milliseconds, for what hangs alone: a test has a minute more. */
const longest = 120_000;

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Throws where there is no browser: nothing is installed in silence, and nothing passes without one. */
export async function startChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no browser at ${executablePath}: "apt-get install -y --no-install-recommends chromium", or name one with CHROMIUM.`,
    );
  }
  return chromium.launch({ executablePath, args, timeout: longest });
}

/** Gives what is shown for seconds a quarter of a minute more: a test that is held up would find it gone. */
const showLonger = `(() => {
  const { setTimeout } = globalThis;
  const longer = (milliseconds) => (milliseconds >= 4000 && milliseconds < 30000 ? milliseconds + 15000 : milliseconds);
  globalThis.setTimeout = (act, milliseconds, ...rest) => setTimeout(act, longer(milliseconds), ...rest);
})()`;

export interface Watched {
  page: Page;
  /** What the page was not allowed to do, and what went wrong in its script. */
  faults: string[];
  /** Settled once what the console has answered up to now has been searched for secrets, which are among the faults then. */
  searched: Promise<void>[];
}

/** A page with cookies of its own. */
export async function newPage(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(longest);
  await context.addInitScript(showLonger);
  const faults: string[] = [];
  const searched: Promise<void>[] = [];
  const search = async (response: Response) => {
    const body = await response.text().catch(() => '');
    const headers = JSON.stringify(await response.headersArray().catch(() => []));
    faults.push(...secretsIn(headers + body).map((kind) => `${kind} in an answer to ${response.url()}`));
  };
  context.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/console')) searched.push(search(response));
  });
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted(?:HTML|Script)/i.test(message.text())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
  };
  context.on('page', watch);
  return { page: await context.newPage(), faults, searched };
}

/** Gives the page a session of the console at 127.0.0.1, as its function has sealed it. */
export const giveSession = (page: Page, value: string): Promise<void> =>
  page.context().addCookies([
    {
      ...{ name: '__Host-console', value, domain: '127.0.0.1', path: '/' },
      ...{ secure: true, httpOnly: true, sameSite: 'Strict' },
    },
  ]);
