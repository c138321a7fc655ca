/** What can be done to a record, as people read it. */
import type { Schemas } from '../api/client';

type Action = Schemas['HistoryAction'];

export const actions: Readonly<Record<Action, string>> = {
  created: 'Created',
  updated: 'Changed',
  deleted: 'Deleted',
  restored: 'Restored',
};

export const isAction = (value: string): value is Action => Object.hasOwn(actions, value);

export const actionOptions = Object.entries(actions).map(([value, label]) => ({ value, label }));
