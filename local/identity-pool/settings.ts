/** The settings that the local identity pool has, and that the deployed one must have for the local one to be like it. */
import { accountId, localRegion } from '../account';

export const identityPoolId = `${localRegion}:00000000-0000-4000-8000-00000ca7a106`;

/** The ARN of a group's role, up to the name of the group: the service, the stage `local`, the region. */
export const groupRolePrefix = `arn:aws:iam::${accountId}:role/admin-catalog-local-${localRegion}-`;

/** What the user pool of the template is locally. */
export interface LocalUserPool {
  userPoolId: string;
  clientId: string;
  /** The console signs people in as a client of its own. */
  consoleClientId: string;
}

/** The name under which an identity pool knows a user pool. */
export const providerOf = (userPoolId: string) => `cognito-idp.${localRegion}.amazonaws.com/${userPoolId}`;

/** Only users of this pool and these clients, and only while the user pool itself still lets them in. */
export const identityPoolProperties = ({ userPoolId, clientId, consoleClientId }: LocalUserPool) => ({
  AllowUnauthenticatedIdentities: false,
  AllowClassicFlow: false,
  CognitoIdentityProviders: [clientId, consoleClientId].map((ClientId) => ({
    ProviderName: providerOf(userPoolId),
    ClientId,
    ServerSideTokenCheck: true,
  })),
});

/** The role comes from the user's groups; without one, there are no credentials. */
export const roleAttachmentProperties = ({ userPoolId, clientId, consoleClientId }: LocalUserPool) => ({
  IdentityPoolId: identityPoolId,
  // For users of providers without a mapping: there are no such providers.
  Roles: { authenticated: { 'Fn::GetAtt': ['NoGroupRole', 'Arn'] } },
  RoleMappings: {
    catalog: roleMapping(userPoolId, clientId),
    console: roleMapping(userPoolId, consoleClientId),
  },
});

const roleMapping = (userPoolId: string, client: string) => ({
  IdentityProvider: `${providerOf(userPoolId)}:${client}`,
  Type: 'Token',
  AmbiguousRoleResolution: 'Deny',
});

/** A role is for those whom this identity pool has authenticated, and for nobody else. */
export const trustPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPoolId },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      },
    },
  ],
};
