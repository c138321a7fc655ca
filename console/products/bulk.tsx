/** What can be done to many products at once; each row stands alone, and is told of where it was not done. */
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCategories } from '../api/categories';
import { answerOf, api, type Product, type Schemas } from '../api/client';
import { focusHeading } from '../ui/heading';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';

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

export function BulkActions({ products, done }: { products: Product[]; done: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const { data: categories } = useCategories();
  const [stock, setStock] = useState('');
  const [rejected, setRejected] = useState<string[]>([]);
  const change = useMutation({
    mutationFn: (wanted: Change) => changeAll(products, wanted),
    onSuccess: (results) => {
      const faults = results.flatMap(({ action, problem }, row) =>
        action === 'rejected' ? [`${products[row]?.name ?? ''}: ${problem?.detail ?? 'not done'}`] : [],
      );
      setRejected(faults);
      say(`${results.length - faults.length} of ${results.length} products changed.`);
      void queries.invalidateQueries({ queryKey: ['products'] });
      if (faults.length > 0) return;
      done();
      focusHeading();
    },
  });
  const categoryOptions = (categories?.inOrder ?? []).map(({ category, depth }) => ({
    value: category.id,
    label: `${'– '.repeat(depth)}${category.name}`,
  }));
  return (
    <section className="bulk" aria-label="Change the selected products">
      <Text fw={600}>{products.length} selected</Text>
      <NativeSelect
        aria-label="Set the status of the selected products"
        value=""
        disabled={change.isPending}
        onChange={({ currentTarget: { value } }) => change.mutate({ status: value as Product['status'] })}
        data={[
          { value: '', label: 'Set status…', disabled: true },
          { value: 'draft', label: 'Draft' },
          { value: 'active', label: 'Active' },
          { value: 'archived', label: 'Archived' },
        ]}
      />
      <NativeSelect
        aria-label="Move the selected products to a category"
        value=""
        disabled={change.isPending}
        onChange={({ currentTarget: { value } }) => change.mutate({ categoryId: value })}
        data={[{ value: '', label: 'Move to…', disabled: true }, ...categoryOptions]}
      />
      <TextInput
        aria-label="Stock of the selected products"
        placeholder="In stock"
        inputMode="numeric"
        value={stock}
        onChange={({ currentTarget }) => setStock(currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!/^\d+$/.test(stock) || change.isPending}
        onClick={() => change.mutate({ stockCount: Number(stock) })}
      >
        Set stock
      </Button>
      <Button variant="subtle" onClick={done}>
        Select none
      </Button>
      {change.error && <Failure error={change.error} retry={() => change.mutate(change.variables)} />}
      {rejected.length > 0 && (
        <ul role="alert" className="fault">
          {rejected.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
