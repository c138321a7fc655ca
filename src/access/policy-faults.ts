/** Mistakes in an access policy, which would make it do something else than it seems to. */

interface Policy {
  groups: Readonly<Record<string, { description: string; precedence: number }>>;
  levels: Readonly<Record<string, readonly string[]>>;
  policy: Readonly<Record<string, string>>;
}

/** Sentences that say what to change in the policy; none where it can be enforced as it stands. */
export function policyFaults({ groups, levels, policy }: Policy): string[] {
  const names = Object.keys(groups);
  const asked = new Set(Object.values(policy));
  return [
    ...names
      .filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))
      .map((name) => `the group "${name}" must have a name of lower-case letters, digits and hyphens, as a role has`),
    ...Object.entries(groups)
      .filter(([, { precedence }]) => !Number.isInteger(precedence) || precedence < 0)
      .map(([name]) => `the precedence of the group "${name}" must be a whole number`),
    ...tiesOf(groups).map(
      (tied) => `the groups ${tied.join(' and ')} have the same precedence, so a user in both would get no role`,
    ),
    ...Object.entries(levels).flatMap(([level, members]) =>
      members
        .filter((name) => !names.includes(name))
        .map((name) => `the level "${level}" names the group "${name}", which does not exist`),
    ),
    ...Object.entries(policy)
      .filter(([, level]) => !Object.hasOwn(levels, level) || levels[level]?.length === 0)
      .map(([routeKey, level]) => `${routeKey} asks for the level "${level}", which no group has`),
    ...names
      .filter((name) => !Object.entries(levels).some(([level, members]) => asked.has(level) && members.includes(name)))
      .map((name) => `the group "${name}" may use no route: give it a level, and a route that asks for the level`),
    ...Object.keys(levels)
      .filter((level) => !asked.has(level))
      .map((level) => `no route asks for the level "${level}"`),
  ];
}

/** Groups that have a precedence in common. */
function tiesOf(groups: Policy['groups']): string[][] {
  const names = Object.keys(groups);
  const byPrecedence = names.map((name) =>
    names.filter((other) => groups[other]?.precedence === groups[name]?.precedence),
  );
  return byPrecedence.filter((tied, index) => tied.length > 1 && tied[0] === names[index]);
}
