/** What serverless.yml says about the service, for the local stack and the tests: nothing is declared a second time. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod/mini';

export const projectRoot = path.resolve(__dirname, '..');

const attributeName = z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });

const table = z.object({
  BillingMode: z.literal('PAY_PER_REQUEST'),
  KeySchema: z.array(attributeName),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: z.array(attributeName),
      Projection: z.object({ ProjectionType: z.literal('ALL') }),
    }),
  ),
});

const pool = z.looseObject({ UsernameAttributes: z.array(z.string()) });
const client = z.looseObject({ ClientName: z.string() });
const group = z.object({ GroupName: z.string(), Description: z.string(), Precedence: z.number() });

const resource = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('AWS::DynamoDB::Table'), Properties: table }),
  z.object({ Type: z.literal('AWS::Cognito::UserPool'), Properties: pool }),
  z.object({ Type: z.literal('AWS::Cognito::UserPoolClient'), Properties: client }),
  z.object({ Type: z.literal('AWS::Cognito::UserPoolGroup'), Properties: group }),
  z.object({ Type: z.literal('AWS::Cognito::UserPoolDomain') }),
]);

const event = z.object({
  httpApi: z.optional(
    z.object({ method: z.string(), path: z.string(), authorizer: z.optional(z.object({ name: z.string() })) }),
  ),
});

const description = z.object({
  functions: z.record(z.string(), z.object({ handler: z.string(), events: z.array(event) })),
  // The first entries include files of resources/, which have nothing that runs locally.
  resources: z.tuple([z.string(), z.string(), z.object({ Resources: z.record(z.string(), resource) })]),
});

interface Route {
  /** As API Gateway names it: `POST /products`. */
  routeKey: string;
  functionName: string;
  authorizer: string | undefined;
}

/** The parts of serverless.yml that exist outside AWS too. Throws where the file no longer has their shape. */
export function readService() {
  const { functions, resources } = description.parse(
    parse(readFileSync(path.join(projectRoot, 'serverless.yml'), 'utf8')),
  );
  const declared = Object.values(resources[2].Resources);
  const propertiesOf = <Type extends z.infer<typeof resource>['Type']>(type: Type) =>
    declared.filter(
      (candidate): candidate is Extract<z.infer<typeof resource>, { Type: Type }> => candidate.Type === type,
    );

  const [catalogTable] = propertiesOf('AWS::DynamoDB::Table');
  const [userPool] = propertiesOf('AWS::Cognito::UserPool');
  const [userPoolClient] = propertiesOf('AWS::Cognito::UserPoolClient');
  if (!catalogTable || !userPool || !userPoolClient) throw new Error('serverless.yml lacks the table, pool or client');

  const routes: Route[] = Object.entries(functions).flatMap(([functionName, { events }]) =>
    events.flatMap(({ httpApi }) =>
      httpApi
        ? [{ routeKey: `${httpApi.method} ${httpApi.path}`, functionName, authorizer: httpApi.authorizer?.name }]
        : [],
    ),
  );
  return {
    routes,
    table: catalogTable.Properties,
    userPool: userPool.Properties,
    client: userPoolClient.Properties,
    groups: propertiesOf('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties),
  };
}
