/** Products in a table, to be opened or, by who may change many at once, selected. */
import { Badge, Checkbox, Table, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'wouter';
import { useCategories } from '../api/categories';
import type { Product } from '../api/client';
import { When } from '../history/entries';
import { Thumbnail } from '../pictures/thumbnail';
import { showPrice } from '../ui/price';
import { statuses } from '../ui/statuses';
import { RecordTable } from '../ui/tables';

const colours = { draft: 'gray', active: 'green', archived: 'orange' };

const StatusBadge = ({ status }: Pick<Product, 'status'>) => (
  <Badge variant="dot" color={colours[status]} radius="sm" className="badge">
    {statuses[status]}
  </Badge>
);

interface Props {
  items: Product[];
  /** As the API takes it, such as `-price`; empty for the newest first. */
  sort: string;
  setSort: (sort: string) => void;
  selected?: ReadonlySet<string>;
  setSelected?: (selected: ReadonlySet<string>) => void;
  toggle?: (id: string) => void;
}

type Sorted = Pick<Props, 'sort' | 'setSort'>;

/** A column to sort by: upwards, then downwards, then as it was. */
function Column({
  by,
  label,
  isNumber = false,
  sort,
  setSort,
}: Sorted & { by: string; label: string; isNumber?: boolean }) {
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined;
  const [next, arrow] = direction === undefined ? [by, ''] : direction === 'ascending' ? [`-${by}`, ' ↑'] : ['', ' ↓'];
  return (
    <Table.Th className={isNumber ? 'number' : undefined} aria-sort={direction}>
      <button type="button" className="sort" onClick={() => setSort(next)}>
        {label}
        <span aria-hidden="true">{arrow}</span>
      </button>
    </Table.Th>
  );
}

/** The first picture, where there is a small one to load. */
const previewOf = ({ images: [first] = [] }: Product) => (first?.previewUrl === undefined ? undefined : first);

/** It says nothing that the name beside it does not. */
function PreviewCell({ of: product }: { of: Product }) {
  const image = previewOf(product);
  return <Table.Td>{image && <Thumbnail image={{ ...image, alt: '' }} />}</Table.Td>;
}

interface RowProps extends Pick<Props, 'toggle'> {
  product: Product;
  category: string | undefined;
  /** Whether there is a column for it. */
  hasPreview: boolean;
  /** Undefined where nothing can be selected. */
  isSelected: boolean | undefined;
}

/** Drawn anew only where it has changed: to select one of 600 would wait for all of them. */
const ProductRow = memo(function ProductRow({ product, category, hasPreview, isSelected, toggle }: RowProps) {
  return (
    <Table.Tr>
      {isSelected !== undefined && (
        <Table.Td>
          <Checkbox aria-label={`Select ${product.name}`} checked={isSelected} onChange={() => toggle?.(product.id)} />
        </Table.Td>
      )}
      {hasPreview && <PreviewCell of={product} />}
      <Table.Th scope="row">
        <Link href={`/products/${product.id}`}>
          <bdi>{product.name}</bdi>
        </Link>
      </Table.Th>
      <Table.Td className="code">
        <bdi>{product.sku}</bdi>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={product.status} />
      </Table.Td>
      <Table.Td className="number">{showPrice(product.price)}</Table.Td>
      <Table.Td className="number">{product.stockCount.toLocaleString()}</Table.Td>
      <Table.Td className="name">
        <bdi>{category}</bdi>
      </Table.Td>
      <Table.Td>
        <When at={product.updatedAt} />
      </Table.Td>
    </Table.Tr>
  );
});

export function ProductTable({ items, sort, setSort, selected, setSelected, toggle }: Props) {
  const { data: categories } = useCategories();
  const isAll = selected !== undefined && items.length > 0 && items.every(({ id }) => selected.has(id));
  const hasPreviews = items.some((product) => previewOf(product) !== undefined);
  const heads = [
    selected && (
      <Table.Th key="select">
        <Checkbox
          aria-label="Select all that are shown"
          checked={isAll}
          indeterminate={!isAll && selected.size > 0}
          onChange={() => setSelected?.(new Set(isAll ? [] : items.map(({ id }) => id)))}
        />
      </Table.Th>
    ),
    hasPreviews && (
      <Table.Th key="picture">
        <VisuallyHidden>Picture</VisuallyHidden>
      </Table.Th>
    ),
    <Column key="name" by="name" label="Name" {...{ sort, setSort }} />,
    <Column key="sku" by="sku" label="SKU" {...{ sort, setSort }} />,
    'Status',
    <Column key="price" by="price" label="Price" isNumber {...{ sort, setSort }} />,
    <Column key="stockCount" by="stockCount" label="In stock" isNumber {...{ sort, setSort }} />,
    'Category',
    <Column key="updatedAt" by="updatedAt" label="Changed" {...{ sort, setSort }} />,
  ];
  return (
    <RecordTable label="Products" heads={heads} highlightOnHover>
      {items.map((product) => (
        <ProductRow
          key={product.id}
          product={product}
          category={categories?.nameOf(product.categoryId)}
          hasPreview={hasPreviews}
          isSelected={selected?.has(product.id)}
          toggle={toggle}
        />
      ))}
    </RecordTable>
  );
}
