/** What the local user pool goes by: the pool and its client as serverless.yml describes them, the groups of the policy. */
import * as z from 'zod/mini';
import { readService } from '../../deployment/service';
import * as access from '../../src/access/policy';
import { policyFaults } from '../../src/access/policy-faults';
import { StartError } from '../processes/start-error';

export const userPoolId = 'local_catalog';
export const clientId = 'localcatalogclient';
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

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const authFlow = z.enum(['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);

const client = z.strictObject({
  ClientName: z.string(),
  UserPoolId: z.unknown(),
  GenerateSecret: z.literal(false),
  ExplicitAuthFlows: z.array(authFlow),
  PreventUserExistenceErrors: z.literal('ENABLED'),
  EnableTokenRevocation: z.literal(true),
  AccessTokenValidity: z.number(),
  IdTokenValidity: z.number(),
  RefreshTokenValidity: z.number(),
  TokenValidityUnits: z.strictObject({ AccessToken: unit, IdToken: unit, RefreshToken: unit }),
  SupportedIdentityProviders: z.tuple([z.literal('COGNITO')]),
  AllowedOAuthFlowsUserPoolClient: z.literal(true),
  AllowedOAuthFlows: z.tuple([z.literal('code')]),
  AllowedOAuthScopes: z.array(z.string()),
  CallbackURLs: z.array(z.url()),
  LogoutURLs: z.array(z.url()),
});

const secondsOf = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

export interface Settings {
  /** The address of the pool, as in the claim `iss`. */
  issuer: string;
  selfSignUp: boolean;
  passwordPolicy: PasswordPolicy;
  authFlows: string[];
  /** Seconds that each kind of token lives. */
  validity: { access: number; id: number; refresh: number };
  scopes: string[];
  callbackUrls: string[];
  logoutUrls: string[];
  groups: { GroupName: string; Description: string; Precedence: number }[];
}

/** Throws `StartError` where the policy cannot be enforced, and where serverless.yml asks for something that this pool cannot do. */
export function readSettings(cognitoUrl: string, selfSignUp: boolean): Settings {
  const faults = policyFaults(access);
  if (faults.length > 0) throw new StartError(`src/access/policy.ts: ${faults.join('; ')}.`);
  const service = readService();
  const { Policies } = userPool.parse(service.userPool);
  const { TokenValidityUnits: units, ...properties } = client.parse(service.client);
  return {
    issuer: `${cognitoUrl}/${userPoolId}`,
    selfSignUp,
    passwordPolicy: Policies.PasswordPolicy,
    authFlows: properties.ExplicitAuthFlows,
    validity: {
      access: properties.AccessTokenValidity * secondsOf[units.AccessToken],
      id: properties.IdTokenValidity * secondsOf[units.IdToken],
      refresh: properties.RefreshTokenValidity * secondsOf[units.RefreshToken],
    },
    scopes: properties.AllowedOAuthScopes,
    callbackUrls: properties.CallbackURLs,
    logoutUrls: properties.LogoutURLs,
    groups: Object.entries(access.groups).map(([GroupName, { description, precedence }]) => ({
      GroupName,
      Description: description,
      Precedence: precedence,
    })),
  };
}
