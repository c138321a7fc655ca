/** The console: how soon the list of products is there on three networks, and what the way through the console costs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { StackInfo } from '../deployment/stack-info';
import { startChromium } from '../test/support/chromium';
import { consoleBrowser, sendTo } from '../test/support/console-browser';
import { newMember } from '../test/support/members';
import { newSettings, npmStart, pressCtrlC } from '../test/support/npm-start';
import { send } from '../test/support/stack';
import { median } from './quantiles';
import { timeHop, type Hop } from './console-hop';
import { rounds, type Part } from './section';
import { networks, timeList, type Network } from './visible-list';

const email = 'bench@example.com';

/** A network, and the seconds that the list took on it, round by round. */
interface Timed {
  network: Network;
  times: number[];
}

export async function timeConsole(): Promise<Part[]> {
  const settings = await newSettings();
  const running = npmStart(settings);
  await running.ready;
  const browser = await startChromium();
  try {
    const stack = JSON.parse(readFileSync(path.join(settings.LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;
    const { accessToken } = await newMember(stack, email, ['admin']);
    await fill(stack, accessToken);
    const page = consoleBrowser(sendTo(stack.apiUrl));
    await page.signIn(email);
    const session = page.cookies.get('__Host-console') ?? '';
    const lists: Timed[] = networks.map((network) => ({ network, times: [] }));
    // In turn, so that whatever else the machine does meets all of them.
    for (let round = 0; round < rounds(7); round += 1) {
      for (const { network, times } of lists) times.push(await timeList(browser, stack.apiUrl, session, network));
    }
    return [visible(lists), hop(await timeHop(stack.apiUrl, accessToken, session))];
  } finally {
    await browser.close();
    pressCtrlC(running);
    await running.exit;
  }
}

const category = z.object({ id: z.string() });

/** More products than a page of the list has, in some categories. */
async function fill({ apiUrl }: StackInfo, token: string): Promise<void> {
  const categories: string[] = [];
  for (const name of ['Mugs', 'Lamps', 'Chairs']) {
    const created = await send(apiUrl, 'POST', '/categories', { token, body: { name } });
    categories.push(category.parse(created.body).id);
  }
  const rows = Array.from({ length: 100 }, (_, number) => ({
    sku: `BENCH-${number}`,
    name: `Product ${number}`,
    price: { amount: 1_000 + number, currency: 'EUR' },
    categoryId: categories[number % categories.length],
  }));
  await send(apiUrl, 'POST', '/admin/products/bulk', { token, body: { rows } });
}

const seconds = (time: number) => `${time.toFixed(2)} s`;

const visible = (lists: Timed[]): Part => ({
  text: `The list of products in Chromium, for an admin who is signed in and has nothing of the page in the browser: from the address to the
first row on the screen, with 100 products and three categories on the local stack. The browser itself makes network and processor
slow; \`ms\` are from a request to its answer. Each is the median of ${lists[0]?.times.length ?? 0}.`,
  rows: [
    ['Network', 'fastest', 'median', 'slowest'],
    ...lists.map(({ network, times }) => [
      network.name,
      ...[Math.min(...times), median(times), Math.max(...times)].map(seconds),
    ]),
  ],
  bars: lists.flatMap(({ network: { name, bar }, times }) =>
    bar === undefined
      ? []
      : [{ what: `the list of products is visible, ${name}, in seconds`, bar, measured: median(times) }],
  ),
});

const hop = ({ direct, byConsole }: Hop): Part => ({
  text: 'A page of 25 products, asked of the API with a token and by way of the console with a session, in turn, one at a time:',
  rows: [
    ['at the API', 'through the console', 'more'],
    [direct, byConsole, byConsole - direct].map((milliseconds) => `${milliseconds.toFixed(1)} ms`),
  ],
  bars: [{ what: 'what the way through the console adds to a read, in ms', bar: 2, measured: byConsole - direct }],
});
