/** `/docs` of the local stack: docs/openapi.json in Swagger UI, with a sign-in, and nothing from any other host. */
import { transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { HapiServer, HapiToolkit } from '../hapi';
import { projectRoot } from '../../deployment/service';

/** Set by local/stack/services.ts. */
const settings = z.object({
  STACK_AUTHORIZER: z.string(),
  COGNITO_ENDPOINT: z.url(),
  USER_POOL_CLIENT_ID: z.string(),
});

const swaggerUi = path.dirname(require.resolve('swagger-ui-dist/package.json'));
const page = path.join(projectRoot, 'local', 'docs');

const script = 'text/javascript';
const files: Readonly<Record<string, [file: string, type: string]>> = {
  '/docs': [path.join(page, 'page.html'), 'text/html'],
  '/docs/page.js': [path.join(page, 'page.js'), script],
  '/docs/session.js': [path.join(page, 'session.ts'), script],
  '/docs/page.css': [path.join(page, 'page.css'), 'text/css'],
  '/docs/openapi.json': [path.join(projectRoot, 'docs', 'openapi.json'), 'application/json'],
  '/docs/swagger-ui-bundle.js': [path.join(swaggerUi, 'swagger-ui-bundle.js'), script],
  '/docs/swagger-ui.css': [path.join(swaggerUi, 'swagger-ui.css'), 'text/css'],
  '/docs/favicon-32x32.png': [path.join(swaggerUi, 'favicon-32x32.png'), 'image/png'],
};

/** Adds the page and its files to the API's server. */
export function serveDocs(server: HapiServer): void {
  const env = settings.parse(process.env);
  // Held by the browser to what it may load, the page shows that it needs no other host.
  const policy = `default-src 'self'; connect-src 'self' ${env.COGNITO_ENDPOINT}; img-src 'self' data:; style-src 'self' 'unsafe-inline'`;
  const signIn = {
    cognitoUrl: env.COGNITO_ENDPOINT,
    clientId: env.USER_POOL_CLIENT_ID,
    takesTokens: env.STACK_AUTHORIZER !== 'iam',
  };
  const get = (address: string, handler: (request: unknown, toolkit: HapiToolkit) => unknown) =>
    server.route({ method: 'GET', path: address, handler });

  for (const address of ['/', '/docs/'])
    get(address, (_, toolkit) => toolkit.response({}).code(302).header('location', '/docs'));
  get('/docs/sign-in.json', (_, toolkit) => toolkit.response(signIn));
  for (const [address, [file, type]] of Object.entries(files)) {
    get(address, (_, toolkit) =>
      toolkit.response(contentOf(file)).type(type).header('content-security-policy', policy),
    );
  }
}

/** The content of a file; TypeScript is turned into JavaScript for the browser. */
function contentOf(file: string): Buffer {
  const content = readFileSync(file);
  return file.endsWith('.ts') ? Buffer.from(transformSync(content, { loader: 'ts' }).code) : content;
}
