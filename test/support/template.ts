/** The CloudFormation templates that `sls package` compiles. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { packageFolder } from './packages';

const properties = z.record(z.string(), z.unknown());

const template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z._default(properties, {}), DeletionPolicy: z.optional(z.string()) }),
  ),
  Outputs: z.record(z.string(), z.unknown()),
});

export type Template = z.infer<typeof template>;

export const templateOf = (name: string): Template => compiledTemplate(packageFolder(name));

/** The template in the folder of a package. */
export function compiledTemplate(directory: string): Template {
  const file = path.join(directory, 'cloudformation-template-update-stack.json');
  return template.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The properties of the one resource of a type. */
export function onlyResource(compiled: Template, type: string): Template['Resources'][string]['Properties'] {
  const [found, ...others] = resourcesOf(compiled, type);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} resources of type ${type}`);
  return found[1];
}

/** The properties of a resource that has to be there. */
export function resourceNamed({ Resources }: Template, logicalId: string) {
  const found = Resources[logicalId];
  if (!found) throw new Error(`There is no resource ${logicalId}`);
  return found.Properties;
}

/** Logical ids and properties of the resources of one type. */
export function resourcesOf(
  { Resources }: Template,
  type: string,
): [logicalId: string, properties: Template['Resources'][string]['Properties']][] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([logicalId, { Properties }]) => [logicalId, Properties]);
}

/** What a bucket has that nobody gets into but by a right of their own, or by its policy. */
export const closedBucket = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
};
