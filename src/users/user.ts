/** A user of the pool as API and command line show them, and the rule on whom a group may be given to. */
import type { AttributeType, UserType } from '@aws-sdk/client-cognito-identity-provider';

export interface User {
  /** The user's id, which records carry as their author. */
  sub: string;
  email: string;
  emailVerified: boolean;
  /** Cognito's word: `UNCONFIRMED`, `CONFIRMED`, … */
  status: string;
  enabled: boolean;
  /** When the user signed up or was invited. */
  createdAt: Date | undefined;
  groups: string[];
}

export const toUser = (
  { UserStatus, Enabled = true, UserCreateDate }: Pick<UserType, 'UserStatus' | 'Enabled' | 'UserCreateDate'>,
  attributes: AttributeType[] | undefined,
  groups: string[] = [],
): User => ({
  sub: attribute(attributes, 'sub') ?? '',
  email: attribute(attributes, 'email') ?? '',
  emailVerified: attribute(attributes, 'email_verified') === 'true',
  status: UserStatus ?? '',
  enabled: Enabled,
  createdAt: UserCreateDate,
  groups,
});

const attribute = (attributes: AttributeType[] | undefined, name: string) =>
  attributes?.find((candidate) => candidate.Name === name)?.Value;

/** Whether somebody has shown that mail to the address reaches them: anybody can sign up with any address. */
export const hasProvedAddress = ({ status, emailVerified }: Pick<User, 'status' | 'emailVerified'>): boolean =>
  status !== 'UNCONFIRMED' && emailVerified;
