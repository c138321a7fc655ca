/** The categories: the tree, and what can be done to each. */
import { Button, Table } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCategories } from '../api/categories';
import { api, etag, type Category } from '../api/client';
import { useCaller } from '../api/session';
import { focusHeading, Heading } from '../ui/heading';
import { isolated } from '../ui/isolated';
import { useSay } from '../ui/messages';
import { useSingly } from '../ui/singly';
import { Answered, Empty, sentenceOf } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { actionsHead, RecordTable } from '../ui/tables';
import { CategoryExport } from './category-export';
import { CategoryDialog } from './category-dialog';

const activeHead = (
  <Table.Th key="active" className="number">
    Active products
  </Table.Th>
);

export function Categories() {
  const { may } = useCaller();
  const query = useCategories();
  const queries = useQueryClient();
  const say = useSay();
  /** What the dialog is about: a category, or a new one. */
  const [edited, setEdited] = useState<Category | 'new'>();
  const mayCreate = may('POST /categories');
  const mayChange = may('PATCH /categories/{categoryId}');

  const remove = useSingly(async ({ id, name, version }: Category) => {
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

  return (
    <>
      <Heading
        actions={
          <>
            <CategoryExport />
            {mayCreate && (
              <>
                <Button variant="default" component={Link} href="/categories/import">
                  Import
                </Button>
                <Button onClick={() => setEdited('new')}>New category</Button>
              </>
            )}
          </>
        }
      >
        Categories
      </Heading>
      <Answered of={query}>
        {({ inOrder }) =>
          inOrder.length === 0 ? (
            <Empty>There is no category yet.</Empty>
          ) : (
            <RecordTable label="Categories" heads={['Name', 'Slug', activeHead, mayChange && actionsHead]}>
              {inOrder.map(({ category, depth }) => (
                <Table.Tr key={category.id}>
                  <Table.Th scope="row" className={`depth depth-${depth}`}>
                    <Link href={`/products?categoryId=${category.id}`}>
                      <bdi>{category.name}</bdi>
                    </Link>
                  </Table.Th>
                  <Table.Td className="id">{category.slug}</Table.Td>
                  <Table.Td className="number">{category.productCount}</Table.Td>
                  {mayChange && (
                    <Table.Td>
                      <div className="actions">
                        <Button
                          size="xs"
                          variant="default"
                          aria-label={`Change ${category.name}`}
                          onClick={() => setEdited(category)}
                        >
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
              ))}
            </RecordTable>
          )
        }
      </Answered>
      {edited && <CategoryDialog edited={edited} close={() => setEdited(undefined)} />}
    </>
  );
}
