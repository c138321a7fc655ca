/** Who may use the plain reads. */
import { config } from '../config';
import type { Caller } from './caller';
import { requireGroup, type AccessRule } from './require-group';

/**
 * The `cache-control` of answers under this rule: caches may keep them only where reads are public and the deployment
 * says for how long.
 */
export const readsCacheControl =
  config.publicReads && config.readsMaxAge > 0 ? `public, max-age=${config.readsMaxAge}` : 'no-store';

/** Lets in the members of `user` and `admin`; everyone, known or not, where the deployment's reads are public. */
export const requireReader: AccessRule<Caller | undefined> = config.publicReads
  ? (caller) => caller
  : requireGroup('user', 'admin');
