/** The OpenAPI description of the whole API, made of the schemas, the policy and the errors that the functions use. */
import { version } from '../package.json';
import { levels, policy } from '../src/access/policy';
import { acceptedTypes } from '../src/http/body';
import { bulkRoutes } from './bulk-routes';
import { categoryRoutes } from './category-routes';
import { changeRoutes } from './change-routes';
import { componentSchemas } from './components';
import { examples } from './examples';
import { failuresOf, unionsOf } from './failures';
import { imageRoutes } from './image-routes';
import { reference, type JsonSchema } from './json-schema';
import type { Operation } from './operation';
import { parametersOf } from './parameters';
import { productRoutes } from './product-routes';
import { responsesOf } from './responses';
import { userRoutes } from './user-routes';

const description = `Products and categories that only members of a Cognito group may change.

A caller sends the access token of the user pool. Who is in the group \`admin\` may call everything; who is in the group \`user\`
may use the plain reads (\`GET /categories\`, its tree, \`GET /products\` and each by id); everyone else gets a 403. That is how the API
answers behind its JWT authorizer, with reads for members. A deployment may open the plain reads to everyone, or ask for signed
requests in place of a token.

Errors are problem documents (RFC 9457) with a stable \`code\`. A 503 leaves open whether a write was done: send it again, a POST with
the same \`Idempotency-Key\`, another with the same \`If-Match\`. What API Gateway refuses before a function starts has its own shape,
\`{"message": …}\`.`;

const servers = [
  { url: '/', description: 'Where this document comes from' },
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com',
    description: 'A deployed stage',
    variables: { api: { default: 'abcdefghij' }, region: { default: 'eu-central-1' } },
  },
];

const routes = { ...categoryRoutes, ...productRoutes, ...imageRoutes, ...bulkRoutes, ...changeRoutes, ...userRoutes };

/** The document, ready to be written as JSON. Throws for a route of the policy that nothing is said about. */
export function openApiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Admin catalogue',
      version,
      description,
      contact: { name: 'The maintainers of Admin catalogue' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers,
    tags: [
      { name: 'Categories', description: 'What products belong to.' },
      { name: 'Products', description: 'What the catalogue is about.' },
      { name: 'Changes', description: 'What was done to them.' },
      { name: 'Users', description: 'Who may do it.' },
    ],
    paths: paths(),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the user pool. An ID token gets a 403.',
        },
      },
      schemas: { ...componentSchemas(), ...unions() },
    },
  };
}

/** Routes that can answer the same share a schema. */
const unions = () =>
  Object.assign(
    {},
    ...Object.entries(routes).flatMap(([routeKey, operation]) => failuresOf(routeKey, operation).map(unionsOf)),
  ) as Record<string, JsonSchema>;

function paths() {
  const described: Record<string, Record<string, object>> = {};
  for (const routeKey of Object.keys(policy)) {
    const operation = routes[routeKey];
    if (!operation) throw new Error(`${routeKey} is in none of the tables of openapi/`);
    const [method = '', path = ''] = routeKey.split(' ');
    described[path] = { ...described[path], [method.toLowerCase()]: describe(routeKey, method, operation) };
  }
  return described;
}

function describe(routeKey: string, method: string, operation: Operation) {
  const { id, tag, summary, description: more, body } = operation;
  const bodyTypes = operation.bodyType ? [operation.bodyType] : acceptedTypes(method);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [more, `For ${groupsOf(routeKey).join(' and ')}.`].filter(Boolean).join(' '),
    security: [{ accessToken: [] }],
    parameters: parametersOf(routeKey, operation),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          bodyTypes.map((type) => [type, { schema: reference(body), example: examples[body] }]),
        ),
      },
    }),
    responses: responsesOf(routeKey, operation),
  };
}

function groupsOf(routeKey: string) {
  const level = policy[routeKey];
  if (!level) throw new Error(`${routeKey} is not in the policy`);
  return levels[level].map((group) => `members of \`${group}\``);
}
