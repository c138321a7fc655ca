/** Who may do what: the users of the pool, for admins. */
import { Badge, Button, Table } from '@mantine/core';
import { useState } from 'react';
import { answerOf, api } from '../api/client';
import { useCaller } from '../api/session';
import type { User } from '../api/users';
import { Heading } from '../ui/heading';
import { Pages, tokenQuery, usePages, type Page } from '../ui/pages';
import { SearchBox } from '../ui/search-box';
import { actionsHead, RecordTable } from '../ui/tables';
import { Invitation } from './invitation';
import { UserDialog } from './user-dialog';

const statuses: Readonly<Record<string, string>> = {
  CONFIRMED: 'Confirmed',
  UNCONFIRMED: 'Not confirmed',
  FORCE_CHANGE_PASSWORD: 'Invited',
};

export function Users() {
  const { sub: own, may } = useCaller();
  const [email, setEmail] = useState('');
  const [edited, setEdited] = useState<string>();
  const [isInviting, setIsInviting] = useState(false);
  const query = usePages<User>(['users', email], (nextToken): Promise<Page<User>> =>
    answerOf(
      api.GET('/admin/users', {
        params: { query: { limit: 25, ...tokenQuery(nextToken), ...(email === '' ? {} : { email }) } },
      }),
    ),
  );
  return (
    <>
      <Heading
        actions={may('POST /admin/users') && <Button onClick={() => setIsInviting(true)}>Invite somebody</Button>}
      >
        Users
      </Heading>
      <SearchBox className="narrow" label="Address begins with" maxLength={128} value={email} search={setEmail} />
      <Pages of={query} empty="No user is like that.">
        {(items) => {
          const shown = items.find(({ sub }) => sub === edited);
          return (
            <>
              <RecordTable label="Users" heads={['Address', 'Status', 'Verified', 'Groups', 'Id (sub)', actionsHead]}>
                {items.map((user) => (
                  <Table.Tr key={user.sub}>
                    <Table.Th scope="row">{`${user.email}${user.sub === own ? ' (you)' : ''}`}</Table.Th>
                    <Table.Td>
                      <Badge variant="default" radius="sm" className="badge">
                        {`${statuses[user.status] ?? user.status}${user.enabled ? '' : ', disabled'}`}
                      </Badge>
                    </Table.Td>
                    <Table.Td>{user.emailVerified ? 'Yes' : 'No'}</Table.Td>
                    <Table.Td>{user.groups.join(', ') || 'None'}</Table.Td>
                    <Table.Td className="id">{user.sub}</Table.Td>
                    <Table.Td>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`Change ${user.email}`}
                        onClick={() => setEdited(user.sub)}
                      >
                        Change
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </RecordTable>
              {shown && <UserDialog user={shown} close={() => setEdited(undefined)} />}
            </>
          );
        }}
      </Pages>
      {isInviting && <Invitation close={() => setIsInviting(false)} />}
    </>
  );
}
