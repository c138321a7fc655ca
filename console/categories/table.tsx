/** The tree in a table, and what can be done to each category. */
import { Button, Table } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { Link } from 'wouter';
import type { CategoryTree } from '../api/categories';
import { api, etag, type Category } from '../api/client';
import { useCaller } from '../api/session';
import { focusHeading } from '../ui/heading';
import { isolated } from '../ui/isolated';
import { useSay } from '../ui/messages';
import { useSingly } from '../ui/singly';
import { sentenceOf } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { actionsHead, RecordTable } from '../ui/tables';

const change = 'PATCH /categories/{categoryId}';

const activeHead = (
  <Table.Th key="active" className="number">
    Active products
  </Table.Th>
);

interface Props {
  inOrder: CategoryTree['inOrder'];
  edit: (category: Category) => void;
}

/** Drawn anew only where the tree has changed: a dialog would wait a second for 2,000 rows behind it. */
export const CategoryTable = memo(function CategoryTable({ inOrder, edit }: Props) {
  const { may } = useCaller();
  return (
    <RecordTable label="Categories" heads={['Name', 'Slug', activeHead, may(change) && actionsHead]}>
      {inOrder.map((place) => (
        <CategoryRow key={place.category.id} {...place} edit={edit} />
      ))}
    </RecordTable>
  );
});

function CategoryRow({ category, depth, edit }: Omit<Props, 'inOrder'> & CategoryTree['inOrder'][number]) {
  const { may } = useCaller();
  const remove = useRemoval();
  return (
    <Table.Tr>
      <Table.Th scope="row" className={`depth depth-${depth}`}>
        <Link href={`/products?categoryId=${category.id}`}>
          <bdi>{category.name}</bdi>
        </Link>
      </Table.Th>
      <Table.Td className="id">{category.slug}</Table.Td>
      <Table.Td className="number">{category.productCount}</Table.Td>
      {may(change) && (
        <Table.Td>
          <div className="actions">
            <Button size="xs" variant="default" aria-label={`Change ${category.name}`} onClick={() => edit(category)}>
              Change
            </Button>
            <SteadyButton
              size="xs"
              variant="default"
              aria-label={`Delete ${category.name}`}
              isBusy={remove.isUnderWay(category)}
              onClick={() => void remove.run(category)}
            >
              Delete
            </SteadyButton>
            <Link href={`/categories/${category.id}/history`} aria-label={`History of ${category.name}`}>
              History
            </Link>
          </div>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function useRemoval() {
  const queries = useQueryClient();
  const say = useSay();
  return useSingly(async ({ id, name, version }: Category) => {
    if (!window.confirm(`Delete the category ${isolated(name)}? It cannot be brought back.`)) return;
    try {
      const params = { path: { categoryId: id }, header: { 'If-Match': etag(version) } };
      await api.DELETE('/categories/{categoryId}', { params });
      say('has been deleted.', { about: name });
      focusHeading();
    } catch (error) {
      say(`has not been deleted: ${sentenceOf(error)}`, { about: name });
    }
    await queries.invalidateQueries({ queryKey: ['categories'] });
  });
}
