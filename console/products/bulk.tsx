/** What can be done to many products at once; each row stands alone, and is told of where it was not done. */
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCategoryOptions } from '../api/category-options';
import { answerOf, api, type Product, type Schemas } from '../api/client';
import { fieldOf } from '../history/fields';
import { countOf } from '../ui/counts';
import { focusHeading } from '../ui/heading';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';
import { isStatus, statusOptions } from '../ui/statuses';
import { SteadyButton } from '../ui/steady-button';

type Change = Pick<Schemas['ProductRow'], 'status' | 'categoryId' | 'stockCount'>;
type Result = Schemas['RowResult'];

/** As many as one request takes. */
const batch = 100;

async function changeAll(products: Product[], change: Change): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < products.length; start += batch) {
    const rows = products.slice(start, start + batch).map(({ id, version }) => ({ id, version, ...change }));
    results.push(...(await answerOf(api.POST('/admin/products/bulk', { body: { rows } }))).results);
  }
  return results;
}

/** Why a row was not done, with what is wrong with the value. */
function faultOf({ problem }: Result): string {
  // The version is not what anybody has typed: to do it again takes the one that the list has by then.
  if (problem?.code === 'stale_version') return 'it has been changed meanwhile. Do it again where it is still wanted.';
  const values = problem?.errors?.map(
    ({ pointer, detail }) => `${fieldOf(pointer.replace(/^\/rows\/\d+/, ''))} ${detail}`,
  );
  return values?.join('; ') ?? problem?.detail ?? 'not done';
}

export function BulkActions({ products, done }: { products: Product[]; done: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const categories = useCategoryOptions();
  const [status, setStatus] = useState('');
  const [categoryId, setCategoryId] = useState('');
  const [stock, setStock] = useState('');
  const isWhole = /^\s*\d+\s*$/.test(stock);
  const [rejected, setRejected] = useState<{ id: string; name: string; fault: string }[]>([]);
  const notDone = useRef<HTMLDivElement>(null);
  useEffect(() => notDone.current?.focus(), [rejected]);
  const change = useMutation({
    mutationFn: (wanted: Change) => changeAll(products, wanted),
    onSuccess: (results) => {
      const faults = products.flatMap(({ id, name }, row) => {
        const result = results[row];
        return result?.action === 'rejected' ? [{ id, name, fault: faultOf(result) }] : [];
      });
      setRejected(faults);
      say(`${results.length - faults.length} of ${countOf(results.length, 'product')} changed.`);
      if (faults.length > 0) return;
      done();
      focusHeading();
    },
    // Where it breaks off, those before are changed: to try again takes their new versions.
    onSettled: () => queries.invalidateQueries({ queryKey: ['products'] }),
  });
  /** Chosen first and done by a button, or by Enter: whoever chooses by the arrow keys comes by others on the way. */
  const action = (label: string, wanted: Change | undefined, field: ReactNode) => (
    <form
      className="pair"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) change.mutate(wanted);
      }}
    >
      {field}
      <SteadyButton type="submit" variant="default" isBusy={change.isPending} isOff={wanted === undefined}>
        {label}
      </SteadyButton>
    </form>
  );
  return (
    <section className="bulk" aria-label="Change the selected products">
      <Text fw={600}>{products.length} selected</Text>
      {action(
        'Set status',
        isStatus(status) ? { status } : undefined,
        <NativeSelect
          aria-label="Status of the selected products"
          value={status}
          onChange={({ currentTarget }) => setStatus(currentTarget.value)}
          data={[{ value: '', label: 'Status…', disabled: true }, ...statusOptions]}
        />,
      )}
      {action(
        'Move',
        categoryId === '' ? undefined : { categoryId },
        <NativeSelect
          aria-label="Category of the selected products"
          value={categoryId}
          onChange={({ currentTarget }) => setCategoryId(currentTarget.value)}
          data={[{ value: '', label: 'Category…', disabled: true }, ...categories]}
        />,
      )}
      {action(
        'Set stock',
        isWhole ? { stockCount: Number(stock) } : undefined,
        <TextInput
          aria-label="Stock of the selected products"
          placeholder="In stock"
          inputMode="numeric"
          error={stock.trim() !== '' && !isWhole && 'Type a whole number'}
          value={stock}
          onChange={({ currentTarget }) => setStock(currentTarget.value)}
        />,
      )}
      <Button variant="subtle" onClick={done}>
        Select none
      </Button>
      {change.error && <Failure error={change.error} retry={() => change.mutate(change.variables)} takesFocus />}
      {rejected.length > 0 && (
        <div ref={notDone} role="alert" className="fault rejected" tabIndex={0}>
          <ul>
            {rejected.map(({ id, name, fault }) => (
              <li key={id}>
                <bdi>{name}</bdi>: {fault}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
