/** What serverless.yml says about the service, for the local stack and the tests: nothing is declared a second time. */
import path from 'node:path';
import * as z from 'zod/mini';
import written from '../resources/service-file';

export const projectRoot = path.resolve(__dirname, '..');

const { service } = z.object({ service: z.string() }).parse(written);

/** How the stack of a stage is called, and what the names of its functions begin with. */
export const stackOf = (stage: string): string => `${service}-${stage}`;

const attributeName = z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) });

const table = z.object({
  BillingMode: z.literal('PAY_PER_REQUEST'),
  KeySchema: z.array(attributeName),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: z.array(attributeName),
      Projection: z.object({
        ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
        NonKeyAttributes: z.optional(z.array(z.string())),
      }),
    }),
  ),
});

const pool = z.looseObject({ UsernameAttributes: z.array(z.string()) });
const client = z.looseObject({ ClientName: z.string() });
const ownClient = z.looseObject({ ...client.shape, CallbackURLs: z.tuple([z.url()]) });

const resource = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('AWS::DynamoDB::Table'), Properties: table }),
  z.object({ Type: z.literal('AWS::Cognito::UserPool'), Properties: pool }),
  z.object({ Type: z.literal('AWS::Cognito::UserPoolClient'), Properties: client }),
  z.object({ Type: z.literal('AWS::Cognito::UserPoolDomain') }),
]);

/** The authorizer of a route is chosen at the deploy; the plain reads may be opened to everyone. */
const authorizer = z.enum(['${self:custom.gatekeeper.route}', '${self:custom.gatekeeper.readRoute, null}']);

const event = z.object({ httpApi: z.optional(z.object({ method: z.string(), path: z.string(), authorizer })) });

const parameters = z.object({
  params: z.object({ default: z.record(z.string(), z.unknown()), local: z.record(z.string(), z.unknown()) }),
});

const functionMap = z.record(z.string(), z.object({ handler: z.string(), events: z._default(z.array(event), []) }));

const description = z.object({
  // The texts name files, with no route of the API in them.
  functions: z.array(z.union([z.string(), functionMap])),
  custom: z.object({ imageFunctions: functionMap }),
  // The texts name files, with nothing in them that the local stack makes.
  resources: z.array(z.union([z.string(), z.object({ Resources: z.record(z.string(), resource) })])),
});

interface Route {
  /** As API Gateway names it: `POST /products`. */
  routeKey: string;
  functionName: string;
  /** One of the plain reads, which a deployment may open to everyone. */
  plainRead: boolean;
}

/**
 * The parts of serverless.yml that exist outside AWS too, with the parameters that are given; the routes are those of the API, with
 * those of pictures. Throws where the file no longer has their shape.
 */
export function readService(given: Readonly<Record<string, string>> = {}) {
  const { file, presets } = readFile(given);
  const { functions, resources, custom } = description.parse(file);
  const declared = resources.flatMap((entry) => (typeof entry === 'string' ? [] : Object.values(entry.Resources)));
  const propertiesOf = <Type extends z.infer<typeof resource>['Type']>(type: Type) =>
    declared.filter(
      (candidate): candidate is Extract<z.infer<typeof resource>, { Type: Type }> => candidate.Type === type,
    );

  const [catalogTable] = propertiesOf('AWS::DynamoDB::Table');
  const [userPool] = propertiesOf('AWS::Cognito::UserPool');
  const [userPoolClient, consoleClient] = propertiesOf('AWS::Cognito::UserPoolClient');
  if (!catalogTable || !userPool || !consoleClient) throw new Error('serverless.yml lacks the table, pool or clients');

  const routes: Route[] = [...functions, custom.imageFunctions]
    .flatMap((entry) => (typeof entry === 'string' ? [] : Object.entries(entry)))
    .flatMap(([functionName, { events }]) =>
      events.flatMap(({ httpApi }) =>
        httpApi
          ? [
              {
                routeKey: `${httpApi.method} ${httpApi.path}`,
                functionName,
                plainRead: httpApi.authorizer.includes('readRoute'),
              },
            ]
          : [],
      ),
    );
  return {
    routes,
    table: catalogTable.Properties,
    userPool: userPool.Properties,
    client: ownClient.parse(userPoolClient?.Properties),
    consoleClient: consoleClient.Properties,
    presets,
  };
}

/**
 * serverless.yml, in which each value that is nothing but a parameter has been replaced by the given one, else by that of the
 * stage `local`.
 */
function readFile(given: Readonly<Record<string, string>>) {
  const { params } = parameters.parse(written);
  const presets = { ...params.default, ...params.local, ...given };
  const values = new Map<unknown, unknown>(
    Object.entries(presets).map(([name, value]) => [`\${param:${name}}`, value]),
  );
  // The JSON round trip replaces the values; the YAML parser has no such hook.
  const file: unknown = JSON.parse(JSON.stringify(written), (_, value: unknown) => values.get(value) ?? value);
  return { file, presets };
}
