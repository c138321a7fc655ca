/** An account for an address, whose owner gets a temporary password by mail. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client';
import { fieldFaults } from '../api/problem';
import { FormDialog } from '../ui/form-dialog';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';
import { groupsByMight, isGroup } from './groups';

const choices = groupsByMight.map(({ name, description }) => ({ value: name, label: `${name}: ${description}` }));

export function Invitation({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const [email, setEmail] = useState('');
  const [group, setGroup] = useState<string>(choices[0]?.value ?? '');
  const invite = useMutation({
    mutationFn: () => {
      if (!isGroup(group)) throw new Error(`There is no group ${group}`);
      return answerOf(api.POST('/admin/users', { body: { email: email.trim(), group } }));
    },
    onSuccess: (user) => {
      say(`${user.email} is invited: a temporary password is on its way there.`);
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  useUnsaved(!invite.isSuccess && email !== '');
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
