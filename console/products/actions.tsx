/** What can be done to a product as a whole. */
import type { Product, ProductStatus } from '../api/client';
import { useCaller } from '../api/session';
import { SteadyButton } from '../ui/steady-button';
import { useDeletion } from './deletion';

interface Props {
  product: Product;
  /** Whether its form has something that is not saved. */
  isChanged: boolean;
  isBusy: boolean;
  setStatus: (status: ProductStatus) => void;
}

export function ProductActions({ product, isChanged, isBusy, setStatus }: Props) {
  const { may } = useCaller();
  const remove = useDeletion();
  const isActive = product.status === 'active';
  return (
    <>
      <SteadyButton variant="default" isBusy={isBusy} onClick={() => setStatus(isActive ? 'archived' : 'active')}>
        {isActive ? 'Archive' : 'Publish'}
      </SteadyButton>
      {may('DELETE /products/{productId}') && (
        <SteadyButton
          variant="default"
          isBusy={remove.isUnderWay(product)}
          isOff={isBusy}
          onClick={() => {
            if (!isChanged || window.confirm('Delete this product without saving your changes?'))
              void remove.run(product);
          }}
        >
          Delete
        </SteadyButton>
      )}
    </>
  );
}
