/** The settings of a function: the only place that reads `process.env`. */
import * as z from 'zod/mini';

const environment = z.object({
  AWS_REGION: z.string().check(z.minLength(1)),
  TABLE_NAME: z.string().check(z.minLength(1)),
  DYNAMODB_ENDPOINT: z.optional(z.url()),
  COGNITO_ENDPOINT: z.optional(z.url()),
});

const parsed = environment.safeParse(process.env);
if (!parsed.success) {
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(
    `These environment variables are missing or wrong: ${names}. ` +
      'serverless.yml sets them on AWS, `npm start` sets them locally.',
  );
}

/** Where this process finds its table and, off AWS, the local engines that stand in for DynamoDB and Cognito. */
export const config = {
  region: parsed.data.AWS_REGION,
  tableName: parsed.data.TABLE_NAME,
  dynamodbEndpoint: parsed.data.DYNAMODB_ENDPOINT,
  cognitoEndpoint: parsed.data.COGNITO_ENDPOINT,
};
