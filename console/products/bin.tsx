/** What has been deleted, and can come back. */
import { Table } from '@mantine/core';
import { Link } from 'wouter';
import { answerOf, api, type Product } from '../api/client';
import { When, Who } from '../history/entries';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages, type Page } from '../ui/pages';
import { SteadyButton } from '../ui/steady-button';
import { actionsHead, RecordTable } from '../ui/tables';
import { useRestoration } from './deletion';

export function Bin() {
  const restore = useRestoration();
  const query = usePages<Product>(['products', 'deleted'], (nextToken): Promise<Page<Product>> =>
    answerOf(
      api.GET('/admin/products', { params: { query: { deleted: 'true', limit: 50, ...tokenQuery(nextToken) } } }),
    ),
  );
  return (
    <>
      <Heading>Bin</Heading>
      <Pages of={query} empty="Nothing has been deleted.">
        {(items) => (
          <RecordTable label="Deleted products" heads={['Name', 'SKU', 'Deleted', 'By', actionsHead]}>
            {items.map((product) => (
              <Table.Tr key={product.id}>
                <Table.Th scope="row">
                  <Link href={`/products/${product.id}/deleted`}>
                    <bdi>{product.name}</bdi>
                  </Link>
                </Table.Th>
                <Table.Td className="code">
                  <bdi>{product.sku}</bdi>
                </Table.Td>
                <Table.Td>
                  <When at={product.updatedAt} />
                </Table.Td>
                <Table.Td>
                  <Who sub={product.updatedBy} />
                </Table.Td>
                <Table.Td>
                  <SteadyButton
                    size="xs"
                    variant="default"
                    aria-label={`Restore ${product.name}`}
                    isBusy={restore.isUnderWay(product)}
                    onClick={() => void restore.run(product)}
                  >
                    Restore
                  </SteadyButton>
                </Table.Td>
              </Table.Tr>
            ))}
          </RecordTable>
        )}
      </Pages>
    </>
  );
}
