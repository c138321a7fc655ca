/** What can be done to a product as a whole. */
import { Button } from '@mantine/core';
import type { Product, ProductStatus } from '../api/client';
import { useCaller } from '../api/session';
import { useDeletion } from './deletion';

interface Props {
  product: Product;
  /** Whether its form has something that is not saved. */
  isChanged: boolean;
  setStatus: (status: ProductStatus) => void;
}

export function ProductActions({ product, isChanged, setStatus }: Props) {
  const { may } = useCaller();
  const remove = useDeletion();
  return (
    <>
      {product.status !== 'active' && (
        <Button variant="default" onClick={() => setStatus('active')}>
          Publish
        </Button>
      )}
      {product.status === 'active' && (
        <Button variant="default" onClick={() => setStatus('archived')}>
          Archive
        </Button>
      )}
      {may('DELETE /products/{productId}') && (
        <Button variant="default" disabled={isChanged} onClick={() => void remove(product)}>
          Delete
        </Button>
      )}
    </>
  );
}
