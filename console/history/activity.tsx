/** What was done to any record, newest first. */
import { NativeSelect, Table } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCategories } from '../api/categories';
import { answerOf, api, type Schemas } from '../api/client';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages } from '../ui/pages';
import { RecordTable } from '../ui/tables';
import { actionOptions, isAction } from './actions';
import { ActionBadge, When, Who } from './entries';
import { changesOf, fieldOf, nameIn } from './fields';
import { useProductNames } from './names';

type Change = Schemas['RecordChange'];

export function Activity() {
  const [action, setAction] = useState('');
  const query = usePages(['changes', action], (nextToken) =>
    answerOf(
      api.GET('/admin/changes', {
        params: {
          query: { limit: 50, ...tokenQuery(nextToken), ...(isAction(action) && { action }) },
        },
      }),
    ),
  );
  return (
    <>
      <Heading>Activity</Heading>
      <NativeSelect
        className="narrow"
        label="What was done"
        value={action}
        onChange={({ currentTarget }) => setAction(currentTarget.value)}
        data={[{ value: '', label: 'Anything' }, ...actionOptions]}
      />
      <Pages of={query} empty="Nothing has been done yet.">
        {(items) => (
          <RecordTable label="Changes" heads={['When', 'What', 'Record', 'Fields', 'Who']} highlightOnHover>
            <Rows changes={items} />
          </RecordTable>
        )}
      </Pages>
    </>
  );
}

function Rows({ changes }: { changes: Change[] }) {
  const { data: categories } = useCategories();
  // Another entry may tell, and is all that does where the record has been deleted.
  const told = new Map(changes.map((change) => [change.id, nameIn(change)] as const).filter(([, name]) => name));
  const untold = changes.filter(({ record, id }) => record === 'product' && !told.has(id));
  const nameOfProduct = useProductNames(untold.map(({ id }) => id));
  const nameOf = (change: Change) =>
    nameIn(change) ?? told.get(change.id) ?? nameOfProduct(change.id) ?? categories?.nameOf(change.id) ?? change.id;
  return changes.map((change) => (
    <Table.Tr key={`${change.id} ${change.version}`}>
      <Table.Td>
        <When at={change.at} />
      </Table.Td>
      <Table.Td>
        <ActionBadge action={change.action} />
      </Table.Td>
      <Table.Td className="name">
        <Link href={`/${change.record === 'product' ? 'products' : 'categories'}/${change.id}/history`}>
          {change.record} <bdi>{nameOf(change)}</bdi>
        </Link>
      </Table.Td>
      <Table.Td className="said">
        {changesOf(change)
          .map(({ pointer }) => fieldOf(pointer))
          .join(', ')}
      </Table.Td>
      <Table.Td>
        <Who sub={change.by} />
      </Table.Td>
    </Table.Tr>
  ));
}
