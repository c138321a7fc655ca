/** An account for an address, whose owner gets a temporary password by mail. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client';
import { faultsAtFields } from '../ui/faults';
import { FormDialog } from '../ui/form-dialog';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { groupsByMight, isGroup } from './groups';

const names = groupsByMight.map(({ name }) => name);

export function Invitation({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState<string>(names[0] ?? '');
  const invite = useMutation({
    mutationFn: (address: string) => {
      if (!isGroup(group)) throw new Error(`There is no group ${group}`);
      return answerOf(api.POST('/admin/users', { body: { email: address.trim(), group } }));
    },
    onSuccess: (user) => {
      say(`${user.email} is invited: a temporary password is on its way there.`);
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  useUnsaved(!invite.isSuccess && email !== '');
  const faults = faultsAtFields(invite.error);
  return (
    <FormDialog
      title="Invite somebody"
      action="Invite"
      send={() => invite.mutate(email)}
      error={invite.error}
      fields={['email']}
      isSending={invite.isPending}
      close={close}
    >
      <TextInput
        label="Address"
        type="email"
        required
        data-autofocus
        value={email}
        error={email === invite.variables ? faults['email'] : undefined}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <NativeSelect
        label="Group"
        // Of the chosen one: an option of a list is cut off where it is longer than the list is wide.
        description={groupsByMight.find(({ name }) => name === group)?.description}
        value={group}
        data={names}
        onChange={({ currentTarget }) => setGroup(currentTarget.value)}
      />
      <Text size="sm">
        Whoever receives mail at this address can sign in, and is asked for a password of their own.
      </Text>
    </FormDialog>
  );
}
