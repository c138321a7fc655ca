/** One product: its fields to see and to change, and its history. */
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { Problem } from '../api/problem';
import { useCaller } from '../api/session';
import { Entries, RecordHistory } from '../history/record-history';
import { Heading } from '../ui/heading';
import { Answered } from '../ui/states';
import { Editor } from './editor';
import { read } from './read';

export function Product({ id, tab }: { id: string; tab: 'details' | 'history' }) {
  const { may } = useCaller();
  const query = useQuery({
    queryKey: ['product', id],
    queryFn: () => read(id, may('GET /admin/products/{productId}')),
    // What is being edited is not to change beneath its editor: a conflict is told when it is saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  const [, navigate] = useLocation();
  // What has been deleted has a history all the same.
  if (tab === 'history' && query.error instanceof Problem && query.error.status === 404)
    return <RecordHistory kind="products" id={id} />;
  return (
    <>
      {!query.data && <Heading>Product</Heading>}
      <Answered of={query}>
        {(product) => (
          <Tabs
            value={tab}
            onChange={(next) => navigate(`/products/${id}${next === 'history' ? '/history' : ''}`)}
            keepMounted={false}
          >
            {may('GET /admin/products/{productId}/history') && (
              <Tabs.List>
                <Tabs.Tab value="details">Details</Tabs.Tab>
                <Tabs.Tab value="history">History</Tabs.Tab>
              </Tabs.List>
            )}
            <Tabs.Panel value="details">
              <Editor key={id} product={product} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <Heading>{product.name}</Heading>
              <Entries kind="products" id={id} currency={product.price.currency} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Answered>
    </>
  );
}
