/** Each deployed bundle is one file that starts by itself, with no node_modules beside it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { readService } from '../../deployment/service';
import { groups, policy } from '../../src/access/policy';
import { fakeEvent } from '../support/events';
import { packageFolder } from '../support/packages';
import { packagedFunctions } from '../support/packaging';

const functions = packagedFunctions(packageFolder('lambda'));
const { routes } = readService();

/** Runs the handler of a bundle in a fresh process and gives back its answer. */
function callAlone(functionName: string, event: unknown, variables: NodeJS.ProcessEnv = {}): unknown {
  const code = functions.find(({ name }) => name === functionName)?.files[`functions/${functionName}.js`];
  if (!code) throw new Error(`No bundle for ${functionName}`);
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bundle-'));
  const file = path.join(directory, 'bundle.js');
  writeFileSync(file, code);
  const script = `
    require(${JSON.stringify(file)})
      .handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 10000 })
      .then((answer) => process.stdout.write(JSON.stringify(answer)));`;
  const env = { ...process.env, ...variables, LOG_LEVEL: 'SILENT' };
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: directory, env, encoding: 'utf8' }));
}

it('has a bundle for every function', () => {
  expect(functions.map(({ name }) => name).sort()).toEqual(
    [
      ...new Set(routes.map(({ functionName }) => functionName)),
      'console',
      'join-user-group',
      'authorize',
      'search-products',
      'publish-events',
      'take-search-snapshot',
      'accept-image',
      'sweep-images',
    ].sort(),
  );
});

it.each(functions)('packs $name as one file, but for the page of the console', ({ name, files }) => {
  const page = Object.keys(files).filter((file) => file.startsWith('.console/page/'));
  expect(page.includes('.console/page/index.html.br')).toBe(name === 'console');
  expect(Object.keys(files).filter((file) => !page.includes(file))).toEqual([`functions/${name}.js`]);
});

it.each(functions)(
  'packs $name without what the policy says for people, and but for authorize and console without its routes',
  ({ name, files }) => {
    const code = Object.values(files)
      .map((file) => Buffer.from(file).toString())
      .join();
    // The search function is asked by our own functions alone, which have checked who asks them; nobody asks for events, snapshots and pictures.
    const unasked = ['search-products', 'publish-events', 'take-search-snapshot', 'accept-image', 'sweep-images'];
    if (!unasked.includes(name)) expect(code).toContain(name === 'join-user-group' ? '"user"' : '"admin"');
    for (const { description } of Object.values(groups)) expect(code).not.toContain(description);
    // They decide by routes, and tell people theirs.
    const routeKeys = ['authorize', 'console'].includes(name) ? [] : Object.keys(policy);
    for (const routeKey of routeKeys) expect(code).not.toContain(`"${routeKey}"`);
  },
);

it.each(routes)('$routeKey refuses an unknown caller from its bundle alone', ({ routeKey, functionName }) => {
  const event = fakeEvent({ routeKey, authorizer: undefined });
  expect(callAlone(functionName, event)).toMatchObject({ statusCode: 403 });
});

it('join-user-group answers an event that is not its own from its bundle alone', () => {
  const event = { triggerSource: 'PostConfirmation_ConfirmForgotPassword', userName: 'someone' };
  expect(callAlone('join-user-group', event)).toEqual(event);
});

it('authorize refuses a bad token from its bundle alone', () => {
  const { routeKey, requestContext } = fakeEvent({ routeKey: 'GET /products' });
  const event = { routeKey, requestContext, identitySource: ['Bearer not-a-token', routeKey] };
  const pool = {
    TOKEN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/pool',
    USER_POOL_CLIENT_ID: 'client',
    CONSOLE_CLIENT_ID: 'console',
  };
  expect(callAlone('authorize', event, pool)).toEqual({ isAuthorized: false });
});

it('console shows its page from its package alone', () => {
  const files = functions.find(({ name }) => name === 'console')?.files ?? {};
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-console-'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), content);
  }
  const address = 'https://api.example.com';
  const answer = callAlone('console', fakeEvent({ routeKey: 'GET /console' }), {
    LAMBDA_TASK_ROOT: directory,
    CONSOLE_PAGE: '.console/page',
    CONSOLE_URL: `${address}/console`,
    API_URL: address,
    HOSTED_UI_URL: address,
    TOKEN_ISSUER: address,
    CONSOLE_CLIENT_ID: 'client',
    CONSOLE_CLIENT_SECRET: 'secret',
  });
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
});

it('console has a page that loads 190 kB of script and styles at most before it is there, as they are sent', () => {
  const files = functions.find(({ name }) => name === 'console')?.files ?? {};
  const html = brotliDecompressSync(files['.console/page/index.html.br'] ?? Buffer.alloc(0)).toString();
  const loaded = [...html.matchAll(/="\/console\/(assets\/([\w-]+?)-[\w-]{8}\.(?:js|css))"/g)].map(
    ([, file = '', name]) => ({
      name,
      bytes: files[`.console/page/${file}.br`]?.length ?? 0,
    }),
  );
  expect(loaded.map(({ name }) => name)).toEqual(expect.arrayContaining(['index', 'main']));
  // Whoever wants them waits for them.
  for (const later of ['read', 'export', 'run']) expect(loaded.map(({ name }) => name)).not.toContain(later);
  expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(190_000);
});
