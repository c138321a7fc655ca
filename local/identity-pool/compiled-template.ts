/** The groups and their roles, read from the compiled CloudFormation template, for the identity pool of the local stack. */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { accountId, localRegion } from '../account';
import type { Group } from './group-roles';
import {
  identityPoolId,
  identityPoolProperties,
  roleAttachmentProperties,
  trustPolicy,
  type LocalUserPool,
} from './settings';
import { resolve } from './intrinsic-functions';

/** What the HTTP API is called in the ARNs of its routes. */
export const apiId = 'local';

interface Role {
  arn: string;
  name: string;
  /** Whether it lets the users of this identity pool assume it, and nobody else. */
  trustsIdentityPool: boolean;
  /** Policy documents, not yet understood. */
  policies: unknown[];
}

export interface CompiledTemplate {
  groups: Group[];
  /** The roles of these groups. */
  roles: Role[];
}

/**
 * The template in this file, read when it is first asked for. Throws where it cannot be read, or has an identity pool that
 * works in another way than the local one.
 */
export function compiledTemplate(file: string, pool: LocalUserPool): () => Promise<CompiledTemplate> {
  let known: CompiledTemplate | undefined;
  return async () => {
    try {
      return (known ??= describe(JSON.parse(await readFile(file, 'utf8')), pool));
    } catch (error) {
      const reason = error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error);
      throw new Error(`The local identity pool cannot work with ${file}: ${reason}`, { cause: error });
    }
  };
}

const template = z.object({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
// No condition, for instance, may decide whether the resource is there at all.
const resource = z.strictObject({
  Type: z.string(),
  Properties: z.unknown(),
  // What becomes of it at its end.
  DeletionPolicy: z.optional(z.string()),
  UpdateReplacePolicy: z.optional(z.string()),
});
const namedRole = z.object({ Type: z.literal('AWS::IAM::Role'), Properties: z.object({ RoleName: z.string() }) });
const policyOfRoles = z.object({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.object({ Roles: z.array(z.strictObject({ Ref: z.string() })) }),
});
const group = z.strictObject({
  UserPoolId: z.string(),
  GroupName: z.string(),
  Description: z.optional(z.string()),
  Precedence: z.optional(z.number()),
  RoleArn: z.optional(z.string()),
});
const role = z.strictObject({
  RoleName: z.string(),
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z._default(z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })), []),
});

function describe(content: unknown, pool: LocalUserPool): CompiledTemplate {
  const { Resources } = template.parse(content);
  const resources = Object.values(Resources);
  const roleArns = arnsOfRoles(Resources);
  const known = new Map([
    ['AWS::Region', localRegion],
    ['AWS::AccountId', accountId],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['HttpApi', apiId],
    ['CognitoUserPoolCatalog', pool.userPoolId],
    ['UserPoolClient', pool.clientId],
    ['ConsoleClient', pool.consoleClientId],
    ['IdentityPool', identityPoolId],
    ...[...roleArns].map(([arn, logicalId]) => [`${logicalId}.Arn`, arn] as const),
  ]);
  const propertiesOf = (candidate: unknown) => resource.parse(resolve(candidate, known)).Properties;
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(propertiesOf);

  if (!isDeepStrictEqual(ofType('AWS::Cognito::IdentityPool'), [identityPoolProperties(pool)])) {
    throw new Error('its identity pool has other settings');
  }
  if (!isDeepStrictEqual(ofType('AWS::Cognito::IdentityPoolRoleAttachment'), [roleAttachmentProperties(pool)])) {
    throw new Error('its identity pool chooses roles in another way');
  }
  const groups = ofType('AWS::Cognito::UserPoolGroup')
    .map((properties) => group.parse(properties))
    .filter(({ UserPoolId }) => UserPoolId === pool.userPoolId);
  const groupRoles = groups.map(({ RoleArn = '' }) => roleArns.get(RoleArn));
  if (resources.some((candidate) => addsToRole(candidate, groupRoles))) {
    throw new Error('its group roles have policies elsewhere');
  }
  const roles = groups.flatMap(({ RoleArn }) => {
    if (RoleArn === undefined) return [];
    const properties = propertiesOf(Resources[roleArns.get(RoleArn) ?? '']);
    const { RoleName, AssumeRolePolicyDocument, Policies } = role.parse(properties);
    const policies = Policies.map(({ PolicyDocument }) => PolicyDocument);
    const trustsIdentityPool = isDeepStrictEqual(AssumeRolePolicyDocument, trustPolicy);
    return [{ arn: RoleArn, name: RoleName, trustsIdentityPool, policies }];
  });
  return { groups, roles };
}

/** Whether a resource may give one of these roles (logical ids) a policy that the role itself does not show. */
function addsToRole(candidate: { Type: string }, roles: readonly (string | undefined)[]): boolean {
  if (!candidate.Type.startsWith('AWS::IAM::') || candidate.Type === 'AWS::IAM::Role') return false;
  const { success, data } = policyOfRoles.safeParse(candidate);
  return !success || data.Properties.Roles.some(({ Ref }) => roles.includes(Ref));
}

/** The logical ids of the roles that have a name, under their ARNs. */
const arnsOfRoles = (resources: Record<string, unknown>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(resources).flatMap(([logicalId, candidate]) => {
      const { success, data } = namedRole.safeParse(candidate);
      return success ? [[`arn:aws:iam::${accountId}:role/${data.Properties.RoleName}`, logicalId]] : [];
    }),
  );
