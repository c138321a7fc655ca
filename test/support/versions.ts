/** Products that have been changed hundreds of times. */
import { change } from './changes';
import { itemAt, putItems } from './put-items';

/** Makes later versions of a product out of its second, each with a stock of its number: as PATCH writes them, but sooner. */
export async function addVersions(id: string, latest: number): Promise<void> {
  const pk = `PRODUCT#${id}`;
  const keyOf = (version: number) => `HISTORY#${String(version).padStart(10, '0')}`;
  const second = await itemAt(pk, keyOf(2));
  const items = Array.from({ length: latest - 2 }, (_, at) => at + 3).map((version) => ({
    ...{ ...second, sk: keyOf(version), version, changes: [change('/stockCount', version - 1, version)] },
    changeKey: String(second['changeKey']).replace(/\d+$/, String(version).padStart(10, '0')),
  }));
  const product = { ...(await itemAt(pk, 'PRODUCT')), version: latest, stockCount: latest };
  await putItems([product, ...items]);
}
