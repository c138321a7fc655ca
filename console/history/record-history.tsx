/** The history of one record, deleted ones too. */
import { answerOf, api } from '../api/client';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages } from '../ui/pages';
import { Entry } from './entries';
import { nameIn } from './fields';

type Kind = 'products' | 'categories';

function ask(kind: Kind, id: string, nextToken: string) {
  const query = { limit: 50, ...tokenQuery(nextToken) };
  return kind === 'products'
    ? answerOf(api.GET('/admin/products/{productId}/history', { params: { path: { productId: id }, query } }))
    : answerOf(api.GET('/admin/categories/{categoryId}/history', { params: { path: { categoryId: id }, query } }));
}

interface Props {
  kind: Kind;
  id: string;
  currency?: string;
}

const useEntries = (kind: Kind, id: string) => usePages(['history', kind, id], (nextToken) => ask(kind, id, nextToken));

export function Entries({ kind, id, currency }: Props) {
  return (
    <Pages of={useEntries(kind, id)} empty="There is no entry yet.">
      {(items) => (
        <ol className="entries">
          {items.map((entry) => (
            <Entry key={entry.version} entry={entry} currency={currency} />
          ))}
        </ol>
      )}
    </Pages>
  );
}

/** Also of what has been deleted: its entries know what it was called. */
export function RecordHistory({ kind, id }: { kind: Kind; id: string }) {
  const { data } = useEntries(kind, id);
  const name = data?.pages
    .flatMap(({ items }) => items)
    .map(nameIn)
    .find((found) => found !== undefined);
  return (
    <>
      <Heading>{name ?? (kind === 'products' ? 'History of a product' : 'History of a category')}</Heading>
      <Entries kind={kind} id={id} />
    </>
  );
}
