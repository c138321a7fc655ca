/** Deleting a product, with the way back at hand. */
import { useQueryClient } from '@tanstack/react-query';
import { api, etag, type Product } from '../api/client';
import { useCaller } from '../api/session';
import { focusHeading } from '../ui/heading';
import { useLeaving } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { withoutItem } from '../ui/pages';
import { useSingly } from '../ui/singly';
import { sentenceOf } from '../ui/states';
import { listAddress } from './list-address';

export function useRestoration() {
  const queries = useQueryClient();
  const say = useSay();
  return useSingly(async ({ id, name }: Pick<Product, 'id' | 'name'>) => {
    try {
      await api.POST('/admin/products/{productId}/restore', { params: { path: { productId: id } } });
      say('is back.', { about: name });
      focusHeading();
    } catch (error) {
      say(`is not back: ${sentenceOf(error)}`, { about: name });
    }
    await queries.invalidateQueries({ queryKey: ['products'] });
  });
}

export function useDeletion() {
  const { may } = useCaller();
  const queries = useQueryClient();
  const restore = useRestoration();
  const say = useSay();
  const leave = useLeaving();
  return useSingly(async (product: Product) => {
    const { id, name, version } = product;
    try {
      await api.DELETE('/products/{productId}', {
        params: { path: { productId: id }, header: { 'If-Match': etag(version) } },
      });
    } catch (error) {
      say(`has not been deleted: ${sentenceOf(error)}`, { about: name });
      return;
    }
    withoutItem(queries, ['products', 'list'], id);
    await queries.invalidateQueries({ queryKey: ['products'] });
    const mayRestore = may('POST /admin/products/{productId}/restore');
    say('has been deleted.', { about: name, ...(mayRestore && { undo: () => void restore.run(product) }) });
    // Unless they have gone on elsewhere meanwhile.
    if (window.location.pathname.includes(id)) leave(listAddress());
  });
}
