/** `npm run screenshots`: takes the pictures of docs/screenshots, of a seeded stack of its own. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { admin } from '../../deployment/seed-users';
import { projectRoot } from '../../deployment/service';
import type { StackInfo } from '../../deployment/stack-info';
import { giveSession, newPage, startChromium } from '../support/chromium';
import { consoleBrowser, sendTo } from '../support/console-browser';
import { newSettings, npmStart, pressCtrlC } from '../support/npm-start';

const folder = path.join(projectRoot, 'docs', 'screenshots');

export async function main(): Promise<void> {
  const settings = await newSettings();
  const running = npmStart(settings, ['--seed']);
  await running.ready;
  const browser = await startChromium();
  try {
    const { apiUrl } = JSON.parse(readFileSync(path.join(settings.LOCAL_DIR, 'stack.json'), 'utf8')) as StackInfo;
    const session = consoleBrowser(sendTo(apiUrl));
    await session.signIn(admin.email, '/console', admin.password);
    const { page } = await newPage(browser, { viewport: { width: 1_120, height: 640 }, timezoneId: 'UTC' });
    await giveSession(page, session.cookies.get('__Host-console') ?? '');
    mkdirSync(folder, { recursive: true });
    await takeAll(page, `${apiUrl}/console`);
  } finally {
    await browser.close();
    pressCtrlC(running);
    await running.exit;
  }
}

async function takeAll(page: Page, url: string): Promise<void> {
  const take = async (name: string): Promise<void> => {
    const file = path.join(folder, `${name}.png`);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    console.log(path.relative(projectRoot, file));
  };
  await page.goto(`${url}/products`);
  await page.getByRole('rowheader').first().waitFor();
  await take('products');

  await page.getByRole('rowheader').first().getByRole('link').click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.waitFor();
  await take('product');

  await name.fill(`${await name.inputValue()}, new harvest`);
  await page.getByRole('textbox', { name: 'Price' }).fill('13.50');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Close this message' }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.locator('.entry').nth(1).waitFor();
  await take('history');

  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('red mug');
  await page.getByRole('link', { name: 'Red mug' }).click();
  const pictures = page.getByRole('group', { name: 'Pictures' });
  await pictures.getByRole('img').first().waitFor();
  await pictures.scrollIntoViewIfNeeded();
  await take('pictures');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('link', { name: 'Categories' }).click();
  await page.getByRole('rowheader').first().waitFor();
  await take('categories');
}
