/** Catalogues of several sizes, one after the other, searched by the deployed search function. */
import { setTimeout as sleep } from 'node:timers/promises';
import { printError } from '../deployment/terminal';
import { makeModels } from './models';
import { startSearchProcesses, type Measured } from './search-process';
import { isTrial } from './section';
import { startStock } from './stock';

/** What was measured of each size with each of these memories, in MB. Where something fails, what was measured before it is kept. */
export async function measureSizes(
  sizes: readonly number[],
  memories?: readonly (number | undefined)[],
): Promise<Measured[]> {
  const made = Date.now();
  const models = await makeModels();
  const processes = await startSearchProcesses();
  const measured: Measured[] = [];
  try {
    for (const size of sizes) {
      printError(`Fills a table with ${size.toLocaleString('en')} products …`);
      const stock = await startStock(models, size);
      try {
        // All products are as old as their models: until then, their creations would be read as news.
        await sleep(Math.max(0, made + 32_000 - Date.now()));
        for await (const one of processes.measure(models, stock, size, memories)) measured.push(one);
      } finally {
        await stock.stop();
      }
    }
  } catch (error) {
    if (isTrial || measured.length === 0) throw error;
    process.exitCode = 1;
    printError(`What comes next could not be measured: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await processes.stop();
  }
  return measured;
}
