/** The part of the compiled template that the local identity pool reads, made from the file that the real one is compiled from. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Template {
  // Tests change properties of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Resources: Record<string, any>;
}

const rolePrefix = 'admin-catalog-local-eu-central-1';
export const roleOf = (group: string) => `${rolePrefix}-${group}`;
export const roleArnOf = (group: string) => `arn:aws:iam::000000000000:role/${roleOf(group)}`;

const newGroups = jest.requireActual<() => Template>('../../resources/groups');
const newIdentityPool = jest.requireActual<(prefix: string) => Template>('../../resources/identity-pool');
const source = JSON.stringify([newGroups(), newIdentityPool(rolePrefix)]);

/**
 * A new object each time, which a test may change; put together as the framework does it. Of the policy's groups, it has
 * admin and user, whatever others there are.
 */
export function identityPoolTemplate(): Template {
  const [groups, template] = JSON.parse(source.replaceAll('${param:keepData}', 'Delete')) as [Template, Template];
  const left = new Set<string>();
  for (const [logicalId, group] of Object.entries(groups.Resources)) {
    const Properties = { ...group.Properties, ...template.Resources[logicalId].Properties };
    template.Resources[logicalId] = { ...group, Properties };
    if (Properties.GroupName !== 'admin' && Properties.GroupName !== 'user')
      left.add(logicalId).add(`${logicalId}Role`);
  }
  const kept = Object.entries(template.Resources).filter(([logicalId]) => !left.has(logicalId));
  return { Resources: Object.fromEntries(kept) };
}

/** Writes a template for whoever reads it from a file; answers where. */
export function writeTemplate(template: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-template-')), 'template.json');
  writeFileSync(file, JSON.stringify(template));
  return file;
}
