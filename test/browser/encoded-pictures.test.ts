/** Pictures by real encoders in a browser, which is what says how large each is shown. */
import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium';
import { encodedFile, encodedPictures } from '../support/encoded-pictures';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

it('shows each as large as its product says', async () => {
  const page = await browser.newPage();
  const shown = [];
  for (const { name, type } of encodedPictures) {
    await page.setContent(`<img src="data:${type};base64,${encodedFile(name).toString('base64')}">`);
    const [width, height] = await page.evaluate<number[]>(
      'document.images[0].decode().then(() => [document.images[0].naturalWidth, document.images[0].naturalHeight])',
    );
    shown.push({ name, type, width, height });
  }
  expect(shown).toEqual(encodedPictures);
});
