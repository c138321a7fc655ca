/** The categories to choose from, as the tree has them. */
import { useCategories, type CategoryTree } from './categories';

interface Option {
  value: string;
  label: string;
}

/**
 * With `chosen` among them, which has no name before they are there: nobody sees another one chosen until then. Without `branch` and
 * all below it, since no category can be below one of those.
 */
export function useCategoryOptions(chosen = '', branch?: string): Option[] {
  const { data } = useCategories();
  if (!data) return chosen === '' ? [] : [{ value: chosen, label: '…' }];
  return outside(branch, data.inOrder).map(({ category: { id, name }, depth }) => ({
    value: id,
    // Spaces that stay: browsers leave them out where somebody types the beginning of a name to choose it.
    label: `${'\u00a0'.repeat(2 * depth)}${name}`,
  }));
}

function outside(branch: string | undefined, inOrder: CategoryTree['inOrder']): CategoryTree['inOrder'] {
  let within: number | undefined;
  return inOrder.filter(({ category, depth }) => {
    if (category.id === branch) within = depth;
    else if (within !== undefined && depth <= within) within = undefined;
    return within === undefined;
  });
}
