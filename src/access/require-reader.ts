/** Who may use the four plain reads. */
import { config } from '../config';
import type { Caller } from './caller';
import { requireGroup, type AccessRule } from './require-group';

/** Lets in the members of `user` and `admin`; everyone, known or not, where the deployment's reads are public. */
export const requireReader: AccessRule<Caller | undefined> = config.publicReads
  ? (caller) => caller
  : requireGroup('user', 'admin');
