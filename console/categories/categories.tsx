/** The categories: the tree, and the dialog for one of them. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCategories } from '../api/categories';
import type { Category } from '../api/client';
import { useCaller } from '../api/session';
import { Heading } from '../ui/heading';
import { Answered, Empty } from '../ui/states';
import { CategoryExport } from './category-export';
import { CategoryDialog } from './category-dialog';
import { CategoryTable } from './table';

export function Categories() {
  const { may } = useCaller();
  const query = useCategories();
  /** What the dialog is about: a category, or a new one. */
  const [edited, setEdited] = useState<Category | 'new'>();
  const mayCreate = may('POST /categories');

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
            <CategoryTable inOrder={inOrder} edit={setEdited} />
          )
        }
      </Answered>
      {edited && <CategoryDialog edited={edited} close={() => setEdited(undefined)} />}
    </>
  );
}
