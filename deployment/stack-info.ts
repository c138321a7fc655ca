/** Where the parts of a running local stack are: what its start leaves in stack.json for everyone else. */
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from './service';

export const authorizers = ['jwt', 'lambda', 'iam'] as const;

const stackInfo = z.object({
  authorizer: z.enum(authorizers),
  authorizerCacheSeconds: z.optional(z.number()),
  apiUrl: z.url(),
  cognitoUrl: z.url(),
  dynamodbUrl: z.url(),
  region: z.string(),
  userPoolId: z.string(),
  clientId: z.string(),
  tableName: z.string(),
  /** Where pictures are read from, and the bucket's endpoint, where the stack has pictures. */
  imagesUrl: z.optional(z.url()),
  /** Where the hosted UI sends people back to, unless it is the preset of serverless.yml. */
  callbackUrl: z.optional(z.url()),
  /** The identity pool, where the authorizer is `iam`. */
  identityUrl: z.optional(z.url()),
  identityPoolId: z.optional(z.string()),
  groupRolePrefix: z.optional(z.string()),
});

export type StackInfo = z.infer<typeof stackInfo>;

/** The folder of the local stack: LOCAL_DIR, else `.local` of the project. */
export const localDirectory = ({ LOCAL_DIR }: NodeJS.ProcessEnv): string =>
  path.resolve(LOCAL_DIR || path.join(projectRoot, '.local'));

/** In the folder of the stack. */
export const stackFile = (directory: string) => path.join(directory, 'stack.json');

/** Throws where the text is not the content of a stack.json. */
export const parseStackInfo = (text: string): StackInfo => stackInfo.parse(JSON.parse(text));
