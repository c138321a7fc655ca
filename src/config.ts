/** The settings of a function: the only place that reads `process.env`. */
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
};

/** X-Ray's header of the call that is being answered, which Lambda sets anew for each; empty off AWS. */
export const traceHeader = (): string => process.env['_X_AMZN_TRACE_ID'] ?? '';

/** What the Lambda authorizer verifies tokens against; no other function has it. Throws as `config` does. */
export function readTokenSettings(): { issuer: string; clientId: string } {
  const { TOKEN_ISSUER, USER_POOL_CLIENT_ID } = read(z.object({ TOKEN_ISSUER: z.url(), USER_POOL_CLIENT_ID: text }));
  return { issuer: TOKEN_ISSUER, clientId: USER_POOL_CLIENT_ID };
}
