/** CloudFormation refuses a template whose resources wait for each other in a circle. */
import { packageNames } from '../support/packages';
import { templateOf, type Template } from '../support/template';

/** The logical ids that a value names by Ref, Fn::GetAtt, Fn::Sub or DependsOn. */
function namedIn(value: unknown, resources: Template['Resources']): string[] {
  const isResource = (name: string) => Object.hasOwn(resources, name);
  if (typeof value === 'string') return isResource(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((element) => namedIn(element, resources));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const text = key === 'Fn::Sub' ? JSON.stringify(child) : '';
    const substituted = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '').filter(isResource);
    return [...substituted, ...namedIn(child, resources)];
  });
}

/** A circle of logical ids, each of which needs the next; none where the resources can be made in some order. */
function findCircle(resources: Template['Resources']): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    const resource = resources[id];
    for (const needed of namedIn([resource?.Properties, resource?.['DependsOn']], resources)) {
      const circle = visit(needed, [...path, id]);
      if (circle) return circle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of Object.keys(resources)) {
    const circle = visit(id, []);
    if (circle) return circle;
  }
  return undefined;
}

it.each(packageNames)('has no circle: %s', (name) => {
  expect(findCircle(templateOf(name).Resources)).toBeUndefined();
});

it('would have one if the role of the trigger named the pool', () => {
  const { Resources } = templateOf('jwt');
  const { JoinUserGroupRole } = Resources;
  if (!JoinUserGroupRole) throw new Error('There is no JoinUserGroupRole');
  const Properties = { ...JoinUserGroupRole.Properties, Pool: { 'Fn::GetAtt': ['CognitoUserPoolCatalog', 'Arn'] } };
  expect(findCircle({ ...Resources, JoinUserGroupRole: { ...JoinUserGroupRole, Properties } })).toContain(
    'JoinUserGroupRole',
  );
});

it('would have one if the identity pool named the role of a group', () => {
  const { Resources } = templateOf('iam');
  const { IdentityPool } = Resources;
  if (!IdentityPool) throw new Error('There is no IdentityPool');
  const Properties = { ...IdentityPool.Properties, Role: { 'Fn::GetAtt': ['AdminGroupRole', 'Arn'] } };
  expect(findCircle({ ...Resources, IdentityPool: { ...IdentityPool, Properties } })).toContain('AdminGroupRole');
});
