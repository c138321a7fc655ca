/** The history of one record, deleted ones too. */
import { answerOf, api } from '../api/client';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages } from '../ui/pages';
import { Entry } from './entries';

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

export function Entries({ kind, id, currency }: Props) {
  const query = usePages(['history', kind, id], (nextToken) => ask(kind, id, nextToken));
  return (
    <Pages of={query} empty="There is no entry yet.">
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

export function RecordHistory({ kind, id }: { kind: Kind; id: string }) {
  return (
    <>
      <Heading>{kind === 'products' ? 'History of a product' : 'History of a category'}</Heading>
      <Entries kind={kind} id={id} />
    </>
  );
}
