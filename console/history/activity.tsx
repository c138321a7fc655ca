/** What was done to any record, newest first. */
import { NativeSelect, Table } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api, type Schemas } from '../api/client';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages } from '../ui/pages';
import { RecordTable } from '../ui/tables';
import { ActionBadge, fieldOf, When, Who } from './entries';

type Change = Schemas['RecordChange'];
type Action = Schemas['HistoryAction'];

const nameIn = ({ id, changes }: Change): string => {
  const { before, after } = changes.find(({ pointer }) => pointer === '/name') ?? {};
  const name = after ?? before;
  return typeof name === 'string' ? name : id;
};

export function Activity() {
  const [action, setAction] = useState('');
  const query = usePages(['changes', action], (nextToken) =>
    answerOf(
      api.GET('/admin/changes', {
        params: {
          query: { limit: 50, ...tokenQuery(nextToken), ...(action === '' ? {} : { action: action as Action }) },
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
        data={[
          { value: '', label: 'Anything' },
          { value: 'created', label: 'Created' },
          { value: 'updated', label: 'Changed' },
          { value: 'deleted', label: 'Deleted' },
          { value: 'restored', label: 'Restored' },
        ]}
      />
      <Pages of={query} empty="Nothing has been done yet.">
        {(items) => (
          <RecordTable label="Changes" heads={['When', 'What', 'Record', 'Fields', 'Who']} highlightOnHover>
            {items.map((change) => (
              <Table.Tr key={`${change.id} ${change.version}`}>
                <Table.Td>
                  <When at={change.at} />
                </Table.Td>
                <Table.Td>
                  <ActionBadge action={change.action} />
                </Table.Td>
                <Table.Td>
                  <Link href={`/${change.record === 'product' ? 'products' : 'categories'}/${change.id}/history`}>
                    {`${change.record} ${nameIn(change)}`}
                  </Link>
                </Table.Td>
                <Table.Td>{change.changes.map(({ pointer }) => fieldOf(pointer)).join(', ')}</Table.Td>
                <Table.Td>
                  <Who sub={change.by} />
                </Table.Td>
              </Table.Tr>
            ))}
          </RecordTable>
        )}
      </Pages>
    </>
  );
}
