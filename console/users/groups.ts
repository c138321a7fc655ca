/** The groups that somebody can be put into, as the policy has them. */
import { groups } from '../../src/access/policy';
import type { Group } from '../api/users';

export const isGroup = (name: string): name is Group => Object.hasOwn(groups, name);

/** Those who may do least first, so that nobody is an admin by oversight. */
export const groupsByMight = Object.keys(groups)
  .filter(isGroup)
  .toSorted((a, b) => groups[b].precedence - groups[a].precedence)
  .map((name) => ({ name, description: groups[name].description }));
