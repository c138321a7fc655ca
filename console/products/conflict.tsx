/** Somebody else was faster: what they have changed beside what you have, field by field. */
import { Alert, Button, Table } from '@mantine/core';
import { Fragment, useEffect, useRef, useState, type ReactNode } from 'react';
import { useCategories } from '../api/categories';
import { Who } from '../history/entries';
import type { Product } from '../api/client';
import { Thumbnails } from '../pictures/thumbnail';
import { FieldTable } from '../ui/tables';
import { changedFields, labels, merged, price, valuesOf, type Values } from './values';

interface Props {
  base: Values;
  ours: Values;
  theirs: Product;
  /** What the form has then, on top of their version. */
  settle: (values: Values) => void;
}

export function Conflict({ base, ours, theirs, settle }: Props) {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    alert.current?.focus({ preventScroll: true });
    // Its title, and not its middle: on a phone it is longer than the screen.
    alert.current?.scrollIntoView();
  }, []);
  const [takeTheirs, setTakeTheirs] = useState<ReadonlySet<keyof Values>>(new Set());
  const { data: categories } = useCategories();
  const their = valuesOf(theirs);
  const ourFields = changedFields(base, ours);
  const theirFields = changedFields(base, their);
  const differing = changedFields(ours, their);
  // The price is one thing, with its currency.
  const rows = [...new Set([...theirFields, ...ourFields])].filter((field) => field !== 'currency');
  const shown = (field: keyof Values, values: Values): ReactNode => {
    if (field === 'images') return <Thumbnails images={values.images} />;
    if (field === 'attributes') return <Pairs of={values.attributes} />;
    if (field === 'amount') return `${values.amount} ${values.currency}`;
    const value = values[field];
    return <bdi>{(field === 'categoryId' ? categories?.nameOf(value) : value) || '–'}</bdi>;
  };
  const choose = (field: keyof Values, isTheirs: boolean) => {
    const next = new Set(takeTheirs);
    for (const part of field === 'amount' ? price : [field]) {
      if (isTheirs) next.add(part);
      else next.delete(part);
    }
    setTakeTheirs(next);
  };
  return (
    <Alert ref={alert} tabIndex={-1} color="yellow" role="alert" title="This product has been changed meanwhile.">
      <p>
        Version {theirs.version} is by <Who sub={theirs.updatedBy} />. Nothing of yours is lost: choose where you have
        both changed the same field, then save again.
      </p>
      <FieldTable heads={['Field', 'Theirs', 'Yours']}>
        {rows.map((field) => {
          const isBoth = [theirFields, ourFields, differing].every((some) => some.includes(field));
          const pick = (isTheirs: boolean, text: ReactNode) =>
            isBoth ? (
              <label>
                <input
                  type="radio"
                  name={`conflict-${field}`}
                  checked={takeTheirs.has(field) === isTheirs}
                  onChange={() => choose(field, isTheirs)}
                />{' '}
                {text}
              </label>
            ) : (
              text
            );
          return (
            <Table.Tr key={field}>
              <Table.Th scope="row">{labels[field]}</Table.Th>
              <Table.Td>{pick(true, shown(field, their))}</Table.Td>
              <Table.Td>{ourFields.includes(field) ? pick(false, shown(field, ours)) : '–'}</Table.Td>
            </Table.Tr>
          );
        })}
      </FieldTable>
      <div className="actions">
        <Button size="xs" onClick={() => settle(merged(base, their, ours, takeTheirs))}>
          Go on with these
        </Button>
        <Button size="xs" variant="default" onClick={() => settle(their)}>
          Take all of theirs
        </Button>
      </div>
    </Alert>
  );
}

const Pairs = ({ of: pairs }: { of: Values['attributes'] }) =>
  pairs.length === 0
    ? '–'
    : pairs.map(([name, value], position) => (
        <Fragment key={position}>
          {position > 0 && ', '}
          <bdi>{name}</bdi>: <bdi>{value}</bdi>
        </Fragment>
      ));
