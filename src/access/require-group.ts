/** Who may: the group check that every protected handler states. */
import { forbidden } from '../errors';
import type { Caller } from './caller';

/** Returns the caller if the rule lets them in, throws `forbidden` if not. */
export type AccessRule<Allowed extends Caller | undefined = Caller> = (caller: Caller | undefined) => Allowed;

/**
 * Lets in callers who are in at least one of these groups, by exact name; nobody else, and never someone unknown.
 *
 * @example
 * endpoint({ access: requireGroup('admin'), … })
 */
export function requireGroup(...groups: [string, ...string[]]): AccessRule {
  return (caller) => {
    if (!caller || !inOneOf(groups, caller)) throw forbidden();
    return caller;
  };
}

/** The exact match that every decision comes down to. */
export const inOneOf = (groups: readonly string[], caller: Caller): boolean =>
  groups.some((group) => caller.groups.includes(group));
