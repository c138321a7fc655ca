/** How many active products a category has, for readers of thousands of categories. */
import { categoryPartition, counts, shareCount, type CountItem } from '../catalog/category-count-store';
import { queryNumbers } from '../dynamodb/plain-query';
import { querySection, type Section } from '../dynamodb/read';

/** Eventually consistent, which costs half of what reading a single category does. Throws `busy`. */
export async function readActive(categoryId: string): Promise<number> {
  const section = { pk: categoryPartition(categoryId), from: counts.first, to: counts.last, attributes: ['active'] };
  const found = (await queryNumbers(section, 'active')) ?? (await readNumbers(section));
  return found.reduce((sum, active) => sum + active, 0);
}

async function readNumbers(section: Omit<Section, 'limit'>): Promise<number[]> {
  const numbers = await querySection(
    { ...section, limit: shareCount },
    (item: Pick<CountItem, 'active'>) => item.active,
  );
  return numbers.items;
}
