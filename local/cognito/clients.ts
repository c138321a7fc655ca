/** The clients of the local pool, as serverless.yml describes them: that of applications and commands, and that of the console. */
import * as z from 'zod/mini';

export const clientId = 'localcatalogclient';
export const consoleClientId = 'localconsoleclient';

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const authFlow = z.enum(['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);

const shared = {
  ClientName: z.string(),
  UserPoolId: z.unknown(),
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
};

const clientOf = <Properties extends z.core.$ZodLooseShape>(properties: Properties) =>
  z.strictObject({ ...shared, ...properties });

const ownClient = clientOf({
  GenerateSecret: z.literal(false),
  CallbackURLs: z.array(z.url()),
  LogoutURLs: z.array(z.url()),
});

/** It has a secret, and addresses below that of the console, which each start of the local stack has its own for. */
const consoleClient = clientOf({
  GenerateSecret: z.literal(true),
  CallbackURLs: z.tuple([z.object({ 'Fn::Join': z.tuple([z.literal(''), z.tuple([z.string(), z.string()])]) })]),
  LogoutURLs: z.tuple([z.string()]),
});

const secondsOf = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** An application that signs people in. */
export interface Client {
  id: string;
  /** Where it has one, it signs people in at the hosted UI alone. */
  secret?: string;
  authFlows: string[];
  /** Seconds that each kind of token lives. */
  validity: { access: number; id: number; refresh: number };
  scopes: string[];
  callbackUrls: string[];
  logoutUrls: string[];
}

interface Console {
  consoleUrl: string;
  consoleSecret: string;
}

/** By their ids. Throws where serverless.yml asks for something that this pool cannot do. */
export function readClients(
  service: { client: unknown; consoleClient: unknown },
  { consoleUrl, consoleSecret: secret }: Console,
): ReadonlyMap<string, Client> {
  const own = ownClient.parse(service.client);
  const ofConsole = consoleClient.parse(service.consoleClient);
  const [{ 'Fn::Join': callback }] = ofConsole.CallbackURLs;
  const [, [, callbackPath]] = callback;
  const callbackUrls = [`${consoleUrl}${callbackPath}`];
  const clients: Client[] = [
    { id: clientId, ...settingsOf(own), callbackUrls: own.CallbackURLs, logoutUrls: own.LogoutURLs },
    { id: consoleClientId, secret, ...settingsOf(ofConsole), callbackUrls, logoutUrls: [consoleUrl] },
  ];
  return new Map(clients.map((client) => [client.id, client]));
}

type Shared = Pick<z.infer<typeof ownClient>, Exclude<keyof typeof shared, 'UserPoolId'>>;

const settingsOf = ({ TokenValidityUnits: units, ...properties }: Shared) => ({
  authFlows: properties.ExplicitAuthFlows,
  validity: {
    access: properties.AccessTokenValidity * secondsOf[units.AccessToken],
    id: properties.IdTokenValidity * secondsOf[units.IdToken],
    refresh: properties.RefreshTokenValidity * secondsOf[units.RefreshToken],
  },
  scopes: properties.AllowedOAuthScopes,
});
