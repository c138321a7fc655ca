/** What the local user pool goes by: the pool and its clients as serverless.yml describes them, the groups of the policy. */
import * as z from 'zod/mini';
import { readService } from '../../deployment/service';
import * as access from '../../src/access/policy';
import { policyFaults } from '../../src/access/policy-faults';
import { StartError } from '../processes/start-error';
import { readClients, type Client } from './clients';

export const userPoolId = 'local_catalog';
export const confirmationCode = '123456';

const emailAlone = z.tuple([z.literal('email')]);

/** Each setting is either one that the local pool keeps to, or the only one that it knows. */
const userPool = z.strictObject({
  UserPoolName: z.string(),
  DeletionProtection: z.string(),
  UsernameAttributes: emailAlone,
  UsernameConfiguration: z.strictObject({ CaseSensitive: z.literal(false) }),
  AutoVerifiedAttributes: emailAlone,
  UserAttributeUpdateSettings: z.strictObject({ AttributesRequireVerificationBeforeUpdate: emailAlone }),
  AccountRecoverySetting: z.strictObject({
    RecoveryMechanisms: z.tuple([z.strictObject({ Name: z.literal('verified_email'), Priority: z.literal(1) })]),
  }),
  Policies: z.strictObject({
    PasswordPolicy: z.strictObject({
      MinimumLength: z.number(),
      RequireLowercase: z.boolean(),
      RequireUppercase: z.boolean(),
      RequireNumbers: z.boolean(),
      RequireSymbols: z.boolean(),
      TemporaryPasswordValidityDays: z.number(),
    }),
  }),
});

export type PasswordPolicy = z.infer<typeof userPool>['Policies']['PasswordPolicy'];

export interface Settings {
  /** The address of the pool, as in the claim `iss`. */
  issuer: string;
  selfSignUp: boolean;
  passwordPolicy: PasswordPolicy;
  /** By their ids. */
  clients: ReadonlyMap<string, Client>;
  groups: { GroupName: string; Description: string; Precedence: number }[];
}

interface Given {
  cognitoUrl: string;
  selfSignUp: boolean;
  parameters?: Readonly<Record<string, string>> | undefined;
  consoleUrl: string;
  consoleSecret: string;
}

/** Throws `StartError` where the policy cannot be enforced, and where serverless.yml asks for something that this pool cannot do. */
export function readSettings({ cognitoUrl, selfSignUp, parameters, ...console }: Given): Settings {
  const faults = policyFaults(access);
  if (faults.length > 0) throw new StartError(`src/access/policy.ts: ${faults.join('; ')}.`);
  const service = readService(parameters);
  const { Policies } = userPool.parse(service.userPool);
  return {
    issuer: `${cognitoUrl}/${userPoolId}`,
    selfSignUp,
    passwordPolicy: Policies.PasswordPolicy,
    clients: readClients(service, console),
    groups: Object.entries(access.groups).map(([GroupName, { description, precedence }]) => ({
      GroupName,
      Description: description,
      Precedence: precedence,
    })),
  };
}
