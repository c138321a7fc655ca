/** The settings of a function: the only place that reads `process.env`. */
import path from 'node:path';
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** The variables that a schema asks for. Throws with the names of those that are missing or wrong. */
function read<Settings>(schema: z.ZodMiniType<Settings>): Settings {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(
    `These environment variables are missing or wrong: ${names}. ` +
      'serverless.yml sets them on AWS, `npm start` sets them locally.',
  );
}

const environment = read(
  z.object({
    AWS_REGION: text,
    TABLE_NAME: text,
    AUTHORIZER_TYPE: z.enum(['jwt', 'lambda', 'iam']),
    READS: z.enum(['members', 'public']),
    READS_MAX_AGE: z._default(z.string().check(z.regex(/^\d+$/)), '0'),
    GROUP_ROLE_PREFIX: text,
    LOG_LEVEL: z._default(z.enum(['INFO', 'ERROR', 'SILENT']), 'INFO'),
    DYNAMODB_ENDPOINT: z.optional(z.url()),
    COGNITO_ENDPOINT: z.optional(z.url()),
    // Empty, or not there at all, where a deployment has no pictures.
    IMAGES_URL: z._default(z.string(), ''),
  }),
);

/**
 * Who stands at the gateway of this deployment, who may read, and where this process finds its table and, off AWS, the
 * local engines that stand in for DynamoDB and Cognito.
 */
export const config = {
  region: environment.AWS_REGION,
  tableName: environment.TABLE_NAME,
  authorizer: environment.AUTHORIZER_TYPE,
  publicReads: environment.READS === 'public',
  /** For how many seconds anyone may keep the answer to a public read; 0 where nobody may. */
  readsMaxAge: Number(environment.READS_MAX_AGE),
  /** The role of a group's members is named so, with `-` and the group's name after it. */
  groupRolePrefix: environment.GROUP_ROLE_PREFIX,
  logLevel: environment.LOG_LEVEL,
  dynamodbEndpoint: environment.DYNAMODB_ENDPOINT,
  cognitoEndpoint: environment.COGNITO_ENDPOINT,
  /** Where pictures are read from, without a slash at the end; undefined where there are none. */
  imagesUrl: environment.IMAGES_URL || undefined,
};

/** X-Ray's header of the call that is being answered, which Lambda sets anew for each; empty off AWS. */
export const traceHeader = (): string => process.env['_X_AMZN_TRACE_ID'] ?? '';

/** What the Lambda authorizer verifies tokens against; no other function has it. Throws as `config` does. */
export function readTokenSettings(): { issuer: string; clientIds: string[] } {
  const { TOKEN_ISSUER, USER_POOL_CLIENT_ID, CONSOLE_CLIENT_ID } = read(
    z.object({ TOKEN_ISSUER: z.url(), USER_POOL_CLIENT_ID: text, CONSOLE_CLIENT_ID: text }),
  );
  return { issuer: TOKEN_ISSUER, clientIds: [USER_POOL_CLIENT_ID, CONSOLE_CLIENT_ID] };
}

/** The id of the user pool, which its issuer ends with; the functions about users alone have it. Throws as `config` does. */
export const readUserPoolId = (): string => path.basename(read(z.object({ TOKEN_ISSUER: z.url() })).TOKEN_ISSUER);

export type ConsoleSettings = ReturnType<typeof readConsoleSettings>;

/** What the console's function alone is told. Throws as `config` does. */
export function readConsoleSettings() {
  const variables = read(
    z.object({
      CONSOLE_URL: z.url(),
      API_URL: z.url(),
      HOSTED_UI_URL: z.url(),
      TOKEN_ISSUER: z.url(),
      CONSOLE_CLIENT_ID: text,
      CONSOLE_CLIENT_SECRET: text,
      CONSOLE_PAGE: text,
      IDENTITY_POOL_ID: z.optional(text),
      IDENTITY_ENDPOINT: z.optional(z.url()),
      IMAGES_BUCKET: z.optional(text),
      LAMBDA_TASK_ROOT: z._default(z.string(), ''),
    }),
  );
  const [url, bucket] = [config.imagesUrl, variables.IMAGES_BUCKET];
  // Both parts of Cognito are in one domain, which is another in each partition of AWS.
  const identityHost = new URL(variables.TOKEN_ISSUER).host.replace(/^cognito-idp\./, 'cognito-identity.');
  return {
    /** Where people reach the console, as in `https://shop.example.com/console`. */
    url: variables.CONSOLE_URL,
    apiUrl: variables.API_URL,
    hostedUiUrl: variables.HOSTED_UI_URL,
    issuer: variables.TOKEN_ISSUER,
    clientId: variables.CONSOLE_CLIENT_ID,
    clientSecret: variables.CONSOLE_CLIENT_SECRET,
    /** The folder of the built page; Lambda unpacks a function's files into one of its own. */
    pageFolder: path.resolve(variables.LAMBDA_TASK_ROOT, variables.CONSOLE_PAGE),
    /** Where the page sends pictures, and reads them from; undefined where there are none. */
    pictures: url && bucket ? { url, bucket, ...readS3() } : undefined,
    /** Where requests to the API have to be signed. */
    identityPool:
      variables.IDENTITY_POOL_ID === undefined
        ? undefined
        : {
            id: variables.IDENTITY_POOL_ID,
            endpoint: variables.IDENTITY_ENDPOINT ?? `https://${identityHost}/`,
          },
  };
}

/** Where one stands for all services, as the SDK has it. */
const emulator = { AWS_ENDPOINT_URL: z.optional(z.url()) };

/** How the lists of products reach the search function; no other function has it. Throws as `config` does. */
export function readSearchSettings() {
  const { SEARCH_FUNCTION, FUNCTION_SOCKET, AWS_ENDPOINT_URL } = read(
    z.object({ SEARCH_FUNCTION: text, FUNCTION_SOCKET: z.optional(text), ...emulator }),
  );
  return { functionName: SEARCH_FUNCTION, functionSocket: FUNCTION_SOCKET, endpoint: AWS_ENDPOINT_URL };
}

/** Where events go; no other function has it. Throws as `config` does. */
export function readEventSettings() {
  const { EVENT_BUS, UNSENT_EVENTS, EVENT_SOCKET, AWS_ENDPOINT_URL } = read(
    z.object({ EVENT_BUS: text, UNSENT_EVENTS: z.url(), EVENT_SOCKET: z.optional(text), ...emulator }),
  );
  return { busName: EVENT_BUS, queueUrl: UNSENT_EVENTS, socketPath: EVENT_SOCKET, endpoint: AWS_ENDPOINT_URL };
}

/** Where S3 is, or what stands for it, or for all services, by the variables of the SDK. */
function readS3() {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = read(
    z.object({ AWS_ENDPOINT_URL_S3: z.optional(z.url()), ...emulator }),
  );
  return { region: config.region, endpoint: AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL };
}

/** Where snapshots of the products are kept for the search function; undefined on the local stack. Throws as `config` does. */
export function readSnapshotBucket() {
  const { SEARCH_SNAPSHOTS } = read(z.object({ SEARCH_SNAPSHOTS: z._default(z.string(), '') }));
  return SEARCH_SNAPSHOTS ? { bucket: SEARCH_SNAPSHOTS, ...readS3() } : undefined;
}

/** Where pictures are kept; no other functions have it. Throws as `config` does. */
export function readImageBucket() {
  const { IMAGES_BUCKET } = read(z.object({ IMAGES_BUCKET: text }));
  return { bucket: IMAGES_BUCKET, ...readS3() };
}
