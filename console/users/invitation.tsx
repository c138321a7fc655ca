/** An account for an address, whose owner gets a temporary password by mail. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { groups } from '../../src/access/policy';
import { answerOf, api } from '../api/client';
import { fieldFaults } from '../api/problem';
import type { Group } from '../api/users';
import { FormDialog } from '../ui/form-dialog';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';

/** Those who may do least first, so that nobody is an admin by oversight. */
const choices = Object.entries(groups)
  .toSorted(([, a], [, b]) => b.precedence - a.precedence)
  .map(([value, { description }]) => ({ value, label: `${value}: ${description}` }));

export function Invitation({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState(choices[0]?.value ?? '');
  const invite = useMutation({
    mutationFn: () => answerOf(api.POST('/admin/users', { body: { email: email.trim(), group: group as Group } })),
    onSuccess: (user) => {
      say(`${user.email} is invited: a temporary password is on its way there.`);
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  const faults = fieldFaults(invite.error);
  return (
    <FormDialog
      title="Invite somebody"
      action="Invite"
      send={() => invite.mutate()}
      isSending={invite.isPending}
      close={close}
    >
      {invite.error && faults['email'] === undefined && <Failure error={invite.error} retry={() => invite.mutate()} />}
      <TextInput
        label="Address"
        type="email"
        required
        data-autofocus
        value={email}
        error={faults['email']}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <NativeSelect
        label="Group"
        value={group}
        data={choices}
        onChange={({ currentTarget }) => setGroup(currentTarget.value)}
      />
      <Text size="sm">
        Whoever receives mail at this address can sign in, and is asked for a password of their own.
      </Text>
    </FormDialog>
  );
}
