/** Files dropped on a place of a page, as a file manager does. */
import type { Locator } from 'playwright-core';

/** Behind its end, the file may have as many bytes more as it likes. */
export async function dropPng(place: Locator, name: string, picture: Buffer, more = 0): Promise<void> {
  const dataTransfer = await place.page().evaluateHandle(
    `(() => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes, new Uint8Array(${more})], '${name}', { type: 'image/png' }));
      return transfer;
    })()`,
  );
  await place.dispatchEvent('dragover', { dataTransfer });
  await place.dispatchEvent('drop', { dataTransfer });
}
