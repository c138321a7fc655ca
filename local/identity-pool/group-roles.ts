/**
 * The role that an identity pool gives the members of groups, as AWS documents it for role mappings of the type Token
 * (Cognito developer guide: "Using tokens to assign roles to users", "Assigning precedence values to groups").
 */

/** A group of the user pool, as CloudFormation describes it. */
export interface Group {
  GroupName: string;
  /** The lowest number comes first, a group without one last. */
  Precedence?: number | undefined;
  RoleArn?: string | undefined;
}

/**
 * The ARN of the role, or undefined where the pool gives none: the role that was asked for is of no group of the user, or none
 * was asked for and none is preferred (`AmbiguousRoleResolution: Deny`).
 */
export function resolveRole(memberOf: string[], groups: Group[], customRoleArn?: string): string | undefined {
  const { roles, preferredRole } = roleClaims(memberOf, groups);
  if (customRoleArn === undefined) return preferredRole;
  return roles.find((role) => role === customRoleArn);
}

/**
 * What Cognito would put into `cognito:roles` and `cognito:preferred_role` of an ID token. The tokens of the local pool carry
 * `cognito:groups` alone; a group that the template does not have has no role here.
 */
export function roleClaims(
  memberOf: string[],
  groups: Group[],
): { roles: string[]; preferredRole: string | undefined } {
  const own = groups.filter(({ GroupName }) => memberOf.includes(GroupName));
  const roles = [...new Set(own.flatMap(({ RoleArn }) => RoleArn ?? []))];
  const best = Math.min(...own.map(rank));
  const first = new Set(own.filter((group) => rank(group) === best).map(({ RoleArn }) => RoleArn));
  // "If there is only one allowed role", that one. Else the one of the first group, which is none where first groups differ,
  // and also where they have no role: what AWS does then it does not say.
  const candidates = roles.length === 1 ? roles : [...first];
  return { roles, preferredRole: candidates.length === 1 ? candidates[0] : undefined };
}

const rank = ({ Precedence }: Group) => Precedence ?? Infinity;
