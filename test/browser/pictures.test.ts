/** Pictures of a product in the console: sent, refused, put in order and dropped, with and without a mouse, by two people at once. */
import type { Browser, Page, Request } from 'playwright-core';
import { startChromium, type Watched } from '../support/chromium';
import { expectAccessible, expectNothingKept, heading, refuse, signedInPages, tabTo } from '../support/console-page';
import { dropPng } from '../support/drop-file';
import { eventually } from '../support/eventually';
import { newMember } from '../support/members';
import { png } from '../support/pictures';
import { runningStack, send } from '../support/stack';
import { imagesShown, sendPicture } from '../support/uploads';

const stack = runningStack();
const { imagesUrl = '' } = stack;
const [email, reader] = ['browser-pictures@example.com', 'browser-pictures-reader@example.com'];

let browser: Browser;
let token: string;
let categoryId: string;
let open: Awaited<ReturnType<typeof signedInPages>>;

const call = async (method: string, path: string, body: object) =>
  (await send(stack.apiUrl, method, path, { token, body })).body;

beforeAll(async () => {
  browser = await startChromium();
  token = (await newMember(stack, email, ['admin'])).accessToken;
  await newMember(stack, reader, ['user']);
  categoryId = (await call('POST', '/categories', { name: 'Pictured' })).id;
  open = await signedInPages(browser, stack, email);
});
afterAll(() => browser.close());

async function newProduct(sku: string): Promise<string> {
  const price = { amount: 100, currency: 'EUR' };
  return (await call('POST', '/products', { sku, name: sku, price, categoryId })).id;
}

/** With a page at it. */
async function opened(sku: string, pictures: readonly Buffer[] = []) {
  const id = await newProduct(sku);
  for (const file of pictures) await sendPicture(stack, id, file);
  const watched = await open(`products/${id}`);
  await watched.page.getByLabel('Add pictures').waitFor();
  return { id, ...watched };
}

const fileOf = (name: string, buffer: Buffer, mimeType = 'image/png') => ({ name, mimeType, buffer });
const choose = (page: Page, ...files: ReturnType<typeof fileOf>[]) =>
  page.getByLabel('Add pictures').setInputFiles(files);
const shown = (page: Page) => page.getByRole('list', { name: 'Pictures in their order' }).getByRole('listitem');
const altsOf = async (id: string) => (await imagesShown(stack, id)).map(({ alt }) => alt);
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
};
const close = async ({ page, ...watched }: Watched) => {
  await expectNothingKept({ page, ...watched });
  await page.context().close();
};

const drop = (page: Page, ...file: [name: string, picture: Buffer, more?: number]) =>
  dropPng(page.getByRole('group', { name: 'Pictures' }), ...file);

/** Once they have been loaded, from where and how large they are. */
async function loaded(page: Page): Promise<[src: string, width: number, height: number][]> {
  const sizes = `[...document.querySelectorAll('.arrangement img')].map((img) => [img.src, img.naturalWidth, img.naturalHeight])`;
  return eventually('pictures that are loaded', async () => {
    const found = await page.evaluate<[string, number, number][]>(sizes);
    return found.every(([, width]) => width > 0) ? found : undefined;
  });
}

it('sends chosen files in their order, each after a preview of 400 pixels, and saves their order and texts, by keyboard alone, as the history says', async () => {
  const { id, ...watched } = await opened('BY-BUTTON');
  const { page } = watched;
  const sent: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().startsWith(imagesUrl)) sent.push(request);
  });
  await choose(page, fileOf('wide.png', png(1600, 1200)), fileOf('tall.png', png(300, 900)));
  await shown(page).nth(1).waitFor();
  const images = await imagesShown(stack, id);
  expect(images).toMatchObject([
    { width: 1600, height: 1200, alt: '' },
    { width: 300, height: 900, alt: '' },
  ]);
  expect(await loaded(page)).toEqual([
    [images[0]?.previewUrl, 400, 300],
    [images[1]?.previewUrl, 133, 400],
  ]);
  const lengths = await Promise.all(sent.map(async (request) => Number(await request.headerValue('content-length'))));
  expect(lengths).toHaveLength(4);
  const [preview = 0, picture = 0] = lengths;
  expect(preview).toBeLessThan(picture);

  await page.getByLabel('Add pictures').focus();
  await tabTo(page, page.getByLabel('What picture 1 shows'), 'Shift+Tab');
  await page.keyboard.type('From afar');
  await tabTo(page, page.getByRole('button', { name: 'Later: picture 1' }));
  await page.keyboard.press('Enter');
  await page.getByText('From afar is picture 2 of 2 now.').waitFor();
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Later: picture 2');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Save' }));
  await page.keyboard.press('Enter');
  await page.getByText('Saved.').waitFor();
  expect((await imagesShown(stack, id)).map(({ width, alt }) => [width, alt])).toEqual([
    [300, ''],
    [1600, 'From afar'],
  ]);
  await expectAccessible(watched);
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('row', { name: 'Pictures Picture 1, Picture 2 Picture 1, From afar' }).waitFor();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await close(watched);
});

it('shows how much of a dropped file has gone, asks before the page is left meanwhile, and sends nothing of what is cancelled', async () => {
  const { id, ...watched } = await opened('BY-DROP');
  const { page } = watched;
  const network = await page.context().newCDPSession(page);
  const slowly = async (uploadThroughput: number) => {
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
    await network.send('Network.emulateNetworkConditions', conditions);
  };
  await slowly(20_000);
  await drop(page, 'large.png', png(10, 10), 3_000_000);
  await drop(page, 'next.png', png(20, 20));
  const progress = page.getByRole('progressbar', { name: 'Sent of large.png' });
  const shares = new Set<number>();
  await eventually('progress', async () => {
    shares.add(Number(await progress.getAttribute('value')));
    return shares.size > 2 ? true : undefined;
  });
  expect(Math.max(...shares)).toBeLessThan(1);
  await page.getByText('Waits for its turn').waitFor();
  await expectAccessible(watched);
  const asked: string[] = [];
  page.once('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Activity' }).click();
  expect(asked).toEqual(['Leave, and send no more of these pictures?']);
  await page.getByRole('button', { name: 'Cancel large.png' }).click();
  // Still slowly: let go at once, all of the large one would have gone before the browser's network knew that it was cancelled.
  await shown(page).nth(0).waitFor();
  expect(await page.getByRole('list', { name: 'Files' }).count()).toBe(0);
  expect((await imagesShown(stack, id)).map(({ width }) => width)).toEqual([20]);
  await close(watched);
});

it('says of each file that is no picture why, before it is sent where that can be told, and goes on with the others', async () => {
  const { id, ...watched } = await opened('REFUSED');
  const { page } = watched;
  await choose(
    page,
    fileOf('notes.txt', Buffer.from('Notes.'), 'text/plain'),
    fileOf('empty.png', Buffer.alloc(0)),
    fileOf('long.png', Buffer.alloc(10 * 1024 * 1024 + 1)),
    fileOf('document.png', Buffer.from('%PDF-1.7\n1 0 obj\n')),
    fileOf('good.png', png(7, 5)),
  );
  await shown(page).nth(0).waitFor();
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([
    'A picture is a JPEG, PNG, WebP or AVIF file.',
    'The file is empty.',
    'The file has 10.0 MiB, and a picture at most 10.0 MiB.',
    'The file is not what it was said to be.',
  ]);
  expect((await imagesShown(stack, id)).map(({ width }) => width)).toEqual([7]);
  await expectAccessible(watched);
  await page.getByRole('button', { name: 'Close document.png' }).click();
  expect(await page.getByRole('alert').count()).toBe(3);
  await close(watched);
});

it('sends a file once more at the press of a button where it has not arrived, and asks again about one that has', async () => {
  const { id, ...watched } = await opened('AGAIN');
  const { page } = watched;
  await page.route(`${imagesUrl}/**`, (route) => route.abort());
  await choose(page, fileOf('one.png', png(30, 20)));
  await page.getByRole('alert').getByText('The file could not be sent: check your connection, and the file.').waitFor();
  await page.unroute(`${imagesUrl}/**`);
  // The sign-in is over, or there are twenty already: what somebody can see to before they try again.
  const offers = '**/console-api/admin/products/*/images';
  await page.route(offers, (route) => refuse(route, 409, 'too_many_images', 'Remove one first'));
  await page.getByRole('button', { name: 'Try again: one.png' }).click();
  await page.getByRole('alert').getByText('Remove one first.').waitFor();
  await page.unroute(offers);
  const answers = '**/console-api/admin/products/*/images?*';
  await page.route(answers, (route) =>
    route.fulfill({ status: 403, json: { code: 'forbidden', detail: 'You do not have permission' } }),
  );
  await page.getByRole('button', { name: 'Try again: one.png' }).click();
  await page.getByRole('button', { name: 'Look again: one.png' }).waitFor();
  await page.unroute(answers);
  await page.getByRole('button', { name: 'Look again: one.png' }).click();
  await shown(page).nth(0).waitFor();
  expect(await imagesShown(stack, id)).toHaveLength(1);
  await close(watched);
});

it('drops a picture and takes another place for one by dragging, and keeps what is typed when one joins meanwhile', async () => {
  const { id, ...watched } = await opened('BY-MOUSE', [png(1, 1), png(2, 2), png(3, 3)]);
  const { page } = watched;
  const texts = await altsOf(id);
  await page.getByRole('textbox', { name: 'Description' }).fill('Typed.');
  await loaded(page);
  await page.getByRole('link', { name: 'Open picture 3' }).dragTo(page.getByRole('link', { name: 'Open picture 1' }));
  expect(await page.getByLabel('What picture 1 shows').inputValue()).toBe(texts[2]);
  await page.getByRole('button', { name: 'Remove picture 2' }).click();
  await page.getByText('Picture 2 goes when you save.').waitFor();
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Remove picture 2');
  // By somebody else: the form knows nothing of it when it is saved.
  await sendPicture(stack, id, png(4, 4));
  await choose(page, fileOf('fifth.png', png(5, 5)));
  await shown(page).nth(3).waitFor();
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Typed.');
  await sendPicture(stack, id, png(6, 6));
  await save(page);
  const images = await imagesShown(stack, id);
  expect(images.map(({ width }) => width)).toEqual([3, 2, 4, 5, 6]);
  expect(await altsOf(id)).toEqual([texts[2], texts[1], images[2]?.alt, '', images[4]?.alt]);
  const { body } = await send(stack.apiUrl, 'GET', `/admin/products/${id}`, { token });
  expect(body.description).toBe('Typed.');
  await close(watched);
});

it('shows two orders of pictures side by side where two people have changed them, and brings back none that is gone', async () => {
  const { id, ...watched } = await opened('BY-TWO', [png(1, 1), png(2, 2), png(3, 3)]);
  const { page } = watched;
  const [first, second, third] = await imagesShown(stack, id);
  await page.getByRole('button', { name: 'Later: picture 1' }).click();
  await call('PATCH', `/products/${id}`, { images: [{ id: third?.id }, { id: first?.id }] });
  await page.getByRole('button', { name: 'Save' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('This product has been changed meanwhile.').waitFor();
  expect(await alert.getByRole('img').count()).toBe(5);
  await expectAccessible(watched);
  await alert.getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Go on with these' }).click();
  expect(await shown(page).count()).toBe(2);
  await page.getByLabel('What picture 1 shows').fill('Mine');
  await save(page);
  expect((await imagesShown(stack, id)).map((image) => [image.id, image.alt])).toEqual([
    [first?.id, 'Mine'],
    [third?.id, third?.alt],
  ]);
  expect(second?.id).toBeDefined();
  await close(watched);
});

it('shows a reader the pictures and their previews in the list, and nothing to change them with', async () => {
  const { id, page } = await opened('TO-READ');
  await choose(page, fileOf('shown.png', png(800, 600)));
  await shown(page).nth(0).waitFor();
  await page.getByLabel('What picture 1 shows').fill('A grey wall');
  await save(page);
  await page.context().close();

  const watched = await (await signedInPages(browser, stack, reader))('products?q=to-read');
  const row = watched.page.getByRole('row').filter({ has: watched.page.getByRole('link', { name: 'TO-READ' }) });
  const [image] = await imagesShown(stack, id);
  expect(await row.locator('img').getAttribute('src')).toBe(image?.previewUrl);
  await expectAccessible(watched);
  await watched.page.getByRole('link', { name: 'TO-READ' }).click();
  await heading(watched.page, 'TO-READ').waitFor();
  const gallery = watched.page.getByRole('list', { name: 'Pictures' });
  expect(await gallery.getByRole('link', { name: 'A grey wall' }).getAttribute('href')).toBe(image?.url);
  for (const name of ['Add pictures', 'What picture 1 shows']) {
    expect(await watched.page.getByLabel(name).count()).toBe(0);
  }
  await expectAccessible(watched);
  await close(watched);
});

it('has no place for pictures where the stage has none', async () => {
  const { id, page } = await opened('WITHOUT');
  await page.route('**/console/session', async (route) => {
    const session = (await (await route.fetch()).json()) as { routes: string[] };
    await route.fulfill({
      json: { ...session, routes: session.routes.filter((name) => !name.endsWith('/images')) },
    });
  });
  await page.goto(`${stack.apiUrl}/console/products/${id}`);
  await page.getByRole('button', { name: 'Save' }).waitFor();
  expect(await page.getByRole('group', { name: 'Pictures' }).count()).toBe(0);
  await page.context().close();
});
