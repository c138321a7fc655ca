/** The CloudFormation template that `sls package` has compiled for this run of tests. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

const properties = z.record(z.string(), z.unknown());

const template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z._default(properties, {}), DeletionPolicy: z.optional(z.string()) }),
  ),
  Outputs: z.record(z.string(), z.unknown()),
});

export type Template = z.infer<typeof template>;

export function compiledTemplate(): Template {
  const directory = process.env['PACKAGE_DIRECTORY'];
  if (!directory) throw new Error('test/support/package-service.ts has not run');
  const file = path.join(directory, 'cloudformation-template-update-stack.json');
  return template.parse(JSON.parse(readFileSync(file, 'utf8')));
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
