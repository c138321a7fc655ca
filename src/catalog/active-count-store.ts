/** How many active products a category has, for readers of very many categories. */
import { queryNumbers } from '../dynamodb/plain-query';
import { querySection } from '../dynamodb/read';
import { categoryPartition, counts, shareCount, type CountItem } from './category-count-store';

/**
 * As the last acknowledged writes left them where `consistent`; otherwise for half of what that costs. Zero for a category
 * that does not exist, or is counted in its own item (decision 0014). Throws `busy`.
 */
export async function readActive(categoryId: string, { consistent }: { consistent: boolean }): Promise<number> {
  const section = { pk: categoryPartition(categoryId), from: counts.first, to: counts.last };
  const found = (await queryNumbers({ ...section, consistent }, 'active')) ?? (await readNumbers());
  return found.reduce((sum, active) => sum + active, 0);

  async function readNumbers(): Promise<number[]> {
    const some = consistent ? {} : { attributes: ['active'] };
    const query = { ...section, ...some, limit: shareCount };
    return (await querySection(query, (item: Pick<CountItem, 'active'>) => item.active)).items;
  }
}
