/** How soon the list of products is seen in the console, on networks and processors that the browser makes slow. */
import type { Browser } from 'playwright-core';
import { giveSession, newPage } from '../test/support/chromium';

export interface Network {
  name: string;
  megabits?: number;
  latency: number;
  /** How many times slower the processor is made. */
  slowdown: number;
  /** In seconds; the machine itself has none. */
  bar?: number;
}

export const networks: Network[] = [
  { name: 'this machine', latency: 0, slowdown: 1 },
  { name: '10 Mbit/s, 40 ms', megabits: 10, latency: 40, slowdown: 1, bar: 0.7 },
  { name: '1.6 Mbit/s, 150 ms, a quarter of the CPU', megabits: 1.6, latency: 150, slowdown: 4, bar: 3 },
];

/** Tells when the first row of a table is there, in milliseconds since the address was entered. */
const watchForRow = `new MutationObserver((_, observer) => {
  if (!document.querySelector('tbody tr')) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.listedAfter = performance.now())));
}).observe(document, { childList: true, subtree: true });`;

const listedAfter = `new Promise((resolve) => {
  const look = () => (globalThis.listedAfter ? resolve(globalThis.listedAfter) : requestAnimationFrame(look));
  look();
})`;

/** The seconds until the list is seen by somebody who is signed in, and has nothing of the page in their browser. */
export async function timeList(browser: Browser, apiUrl: string, session: string, network: Network): Promise<number> {
  const { page } = await newPage(browser);
  const context = page.context();
  await giveSession(page, session);
  await page.addInitScript(watchForRow);
  const devTools = await context.newCDPSession(page);
  const bytes = network.megabits === undefined ? -1 : (network.megabits * 1e6) / 8;
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: network.latency },
    ...{ downloadThroughput: bytes, uploadThroughput: bytes },
  });
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: network.slowdown });
  await page.goto(`${apiUrl}/console/products`);
  await page.locator('tbody tr').first().waitFor({ timeout: 60_000 });
  const milliseconds = await page.evaluate<number>(listedAfter);
  await context.close();
  return milliseconds / 1_000;
}
