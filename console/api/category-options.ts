/** The categories to choose from, as the tree has them. */
import { useCategories } from './categories';

interface Option {
  value: string;
  label: string;
}

/** With `chosen` among them, which has no name before they are there: nobody sees another one chosen until then. */
export function useCategoryOptions(chosen = ''): Option[] {
  const { data } = useCategories();
  if (!data) return chosen === '' ? [] : [{ value: chosen, label: '…' }];
  return data.inOrder.map(({ category: { id, name }, depth }) => ({
    value: id,
    label: `${'– '.repeat(depth)}${name}`,
  }));
}
