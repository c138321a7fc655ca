/** What can be done to one user; the API decides, and says where it does not do it. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { useCaller } from '../api/session';
import type { Group, User } from '../api/users';
import { Dialog } from '../ui/dialog';
import { Failure } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { groupsByMight } from './groups';

interface Change {
  send: () => Promise<User>;
  done: string;
}

export function UserDialog({ user, close }: { user: User; close: () => void }) {
  const { sub, email, enabled } = user;
  const { sub: own } = useCaller();
  const queries = useQueryClient();
  const isOwn = sub === own;
  const change = useMutation({
    mutationFn: ({ send }: Change) => send(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  /** Whoever takes something from themselves is asked first. */
  const run = (wanted: Change, taking?: string) => {
    if (taking !== undefined && isOwn && !window.confirm(`This is your own account. ${taking}?`)) return;
    change.mutate(wanted);
  };
  const path = { sub };
  const member = (group: Group) => ({ params: { path: { sub, group } } });
  const join = (group: Group): Change => ({
    send: () => answerOf(api.PUT('/admin/users/{sub}/groups/{group}', member(group))),
    done: `${email} is now in ${group}: it shows when they sign in anew.`,
  });
  const leave = (group: Group): Change => ({
    send: () => answerOf(api.DELETE('/admin/users/{sub}/groups/{group}', member(group))),
    done: `${email} is no longer in ${group}. What they are signed in with keeps it for a while: sign them out too.`,
  });
  const setEnabled = (next: boolean): Change => ({
    send: () => answerOf(api.PATCH('/admin/users/{sub}', { params: { path }, body: { enabled: next } })),
    done: next ? `${email} may sign in again.` : `${email} is disabled, and signed out everywhere.`,
  });
  const signOut: Change = {
    send: () => answerOf(api.POST('/admin/users/{sub}/sign-out', { params: { path } })),
    done: `${email} is signed out everywhere. A browser may remember them for an hour: disable them to keep them out.`,
  };
  return (
    <Dialog title={email} close={close}>
      <Text size="sm" className="id">
        {sub}
        {user.createdAt !== undefined && `, since ${new Date(user.createdAt).toLocaleDateString()}`}
      </Text>
      {change.error && <Failure error={change.error} retry={() => change.mutate(change.variables)} takesFocus />}
      {/* Here, since nobody hears what is said behind a dialog. */}
      <Text role="status" size="sm" fw={600}>
        {change.isSuccess && change.variables.done}
      </Text>
      <ul className="choices" aria-label="Groups">
        {groupsByMight.map(({ name: group, description }) => {
          const isIn = user.groups.includes(group);
          return (
            <li key={group}>
              <span>
                {group}
                <Text size="sm">{description}</Text>
              </span>
              <SteadyButton
                size="xs"
                variant="default"
                isBusy={change.isPending}
                onClick={() => (isIn ? run(leave(group), `Remove it from ${group}`) : run(join(group)))}
              >
                {isIn ? `Remove from ${group}` : `Add to ${group}`}
              </SteadyButton>
            </li>
          );
        })}
      </ul>
      <div className="actions">
        <SteadyButton
          variant="default"
          isBusy={change.isPending}
          onClick={() => run(setEnabled(!enabled), enabled ? 'Disable it' : undefined)}
        >
          {enabled ? 'Disable' : 'Enable'}
        </SteadyButton>
        <SteadyButton variant="default" isBusy={change.isPending} onClick={() => run(signOut, 'Sign out everywhere')}>
          Sign out everywhere
        </SteadyButton>
        <Button onClick={close}>Close</Button>
      </div>
    </Dialog>
  );
}
