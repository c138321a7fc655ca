/** Categories by the thousand, written to the table as they are in it: as many creates would take minutes. */
import { putItems } from './put-items';

/** One by number, and as it is called in lists. */
const idOf = (number: number) => `01ARZ3NDEKTSV4RRFFQ69${String(number).padStart(5, '0')}`;
export const slugOf = (number: number) => `category-${String(number).padStart(5, '0')}`;

/** So many without products, and without what only writes look at; all are below `parentId`, or all others below the first. */
export async function putCategories(count: number, parentId = idOf(0)): Promise<void> {
  const items = Array.from({ length: count }, (_, number) => {
    const [id, slug] = [idOf(number), slugOf(number)];
    return {
      ...{
        pk: `CATEGORY#${id}`,
        sk: 'CATEGORY',
        gsi1pk: 'CATEGORY',
        gsi1sk: slug,
        gsi2pk: `BELOW#${parentId}`,
        gsi2sk: slug,
      },
      ...{ id, slug, name: `Category ${number}`, productCount: 0, version: 1 },
      ...(parentId === id ? {} : { parentId }),
    };
  });
  await putItems(items);
}
