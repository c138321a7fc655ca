/** The products: searched, by status and category, in the order of a column. */
import { Button, NativeSelect } from '@mantine/core';
import { useCallback, useEffect, useState, type ComponentProps } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useCategories } from '../api/categories';
import { useCategoryOptions } from '../api/category-options';
import { answerOf, api, type Product } from '../api/client';
import { useCaller } from '../api/session';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages, type Page } from '../ui/pages';
import { SearchBox } from '../ui/search-box';
import { statusOptions } from '../ui/statuses';
import { BulkActions } from './bulk';
import { ProductExport } from './list-export';
import { rememberFilter } from './list-address';
import { addressOf, filterOf, newProductAddress, type Filter } from './list-filter';
import { ProductTable } from './table';

function ask(filter: Filter, anyStatus: boolean, nextToken: string): Promise<Page<Product>> {
  const { status, ...others } = filter;
  const query = { limit: 50, ...tokenQuery(nextToken), ...others };
  if (!anyStatus) return answerOf(api.GET('/products', { params: { query } }));
  return answerOf(api.GET('/admin/products', { params: { query: { ...query, ...(status && { status }) } } }));
}

const none: ReadonlySet<string> = new Set();

export function ProductList() {
  const { may } = useCaller();
  const [parameters, setParameters] = useSearchParams();
  const { data: categories } = useCategories();
  const filter = filterOf(parameters, categories?.has);
  const anyStatus = may('GET /admin/products');
  const query = usePages(['products', 'list', filter, anyStatus], (nextToken) => ask(filter, anyStatus, nextToken));
  const categoryOptions = useCategoryOptions(filter.categoryId);
  const search = addressOf(filter);
  useEffect(() => rememberFilter(search), [search]);
  const setFilter = (name: keyof Filter, value: string) => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParameters(next);
  };
  const { sort = '', ...filtered } = filter;
  const mayCreate = may('POST /products');
  return (
    <>
      <Heading
        actions={
          <>
            <ProductExport ask={(nextToken) => ask(filter, anyStatus, nextToken)} />
            {may('POST /admin/products/bulk') && (
              <Button variant="default" component={Link} href="/products/import">
                Import
              </Button>
            )}
            {mayCreate && (
              <Button component={Link} href={newProductAddress(filter)}>
                New product
              </Button>
            )}
          </>
        }
      >
        Products
      </Heading>
      <div className="filters">
        <SearchBox
          label="Search"
          placeholder="Name, SKU, slug or category"
          maxLength={200}
          value={filter.q ?? ''}
          search={(q) => setFilter('q', q)}
        />
        {anyStatus && (
          <NativeSelect
            label="Status"
            value={filter.status ?? ''}
            onChange={({ currentTarget }) => setFilter('status', currentTarget.value)}
            data={[{ value: '', label: 'Any status' }, ...statusOptions]}
          />
        )}
        <NativeSelect
          label="Category"
          value={filter.categoryId ?? ''}
          onChange={({ currentTarget }) => setFilter('categoryId', currentTarget.value)}
          data={[{ value: '', label: 'Any category' }, ...categoryOptions]}
        />
      </div>
      <Pages
        of={query}
        empty={
          Object.keys(filtered).length > 0 ? (
            'No product is like that.'
          ) : (
            <>There is no product yet. {mayCreate && <FirstStep />}</>
          )
        }
      >
        {(items) => <Selectable items={items} of={search} sort={sort} setSort={(next) => setFilter('sort', next)} />}
      </Pages>
    </>
  );
}

/** A product cannot be without a category. */
function FirstStep() {
  const { data: categories } = useCategories();
  if (!categories) return null;
  const isFirst = categories.inOrder.length === 0;
  return isFirst ? (
    <Link href="/categories">Create a category for it first</Link>
  ) : (
    <Link href="/products/new">Create the first one</Link>
  );
}

type TableProps = Pick<ComponentProps<typeof ProductTable>, 'items' | 'sort' | 'setSort'>;

/** The table, with what can be done to those of its products that are selected: none, once it is one `of` something else. */
function Selectable({ of: search, ...table }: TableProps & { of: string }) {
  const { may } = useCaller();
  const [selection, setSelection] = useState({ search, ids: none });
  const setSelected = (ids: ReadonlySet<string>) => setSelection({ search, ids });
  const toggle = useCallback(
    (id: string) =>
      setSelection((now) => {
        const ids = new Set(now.search === search ? now.ids : none);
        if (!ids.delete(id)) ids.add(id);
        return { search, ids };
      }),
    [search],
  );
  const products = selection.search === search ? table.items.filter(({ id }) => selection.ids.has(id)) : [];
  const selected = new Set(products.map(({ id }) => id));
  return (
    <>
      {products.length > 0 && <BulkActions products={products} done={() => setSelected(none)} />}
      <ProductTable {...table} {...(may('POST /admin/products/bulk') && { selected, setSelected, toggle })} />
    </>
  );
}
