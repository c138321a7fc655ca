/** Each deployed bundle is one file that starts by itself, with no node_modules beside it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import * as z from 'zod/mini';
import { readService } from '../../deployment/service';
import { groups, policy } from '../../src/access/policy';
import { fakeEvent } from '../support/events';
import { packageFolder } from '../support/packages';
import { packagedFunctions } from '../support/packaging';

const functions = packagedFunctions(packageFolder('lambda'));
const { routes } = readService();

interface Call {
  functionName: string;
  event: unknown;
}

/** Runs handlers of bundles, each from a folder of its own, in one fresh process, and gives back their answers. */
function callAlone(calls: readonly Call[], variables: NodeJS.ProcessEnv = {}): unknown[] {
  const given = calls.map(({ functionName, event }) => {
    const code = functions.find(({ name }) => name === functionName)?.files[`functions/${functionName}.js`];
    if (!code) throw new Error(`No bundle for ${functionName}`);
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-bundle-')), 'bundle.js');
    writeFileSync(file, code);
    return { file, event };
  });
  const script = `
    const call = async ({ file, event }) => require(file).handler(event, { getRemainingTimeInMillis: () => 10000 });
    const answers = JSON.parse(process.argv[1]).map((given) => call(given).catch(({ stack }) => stack));
    void Promise.all(answers).then((all) => process.stdout.write(JSON.stringify(all)));`;
  const env = { ...process.env, ...variables, LOG_LEVEL: 'SILENT' };
  const args = ['-e', script, JSON.stringify(given)];
  return z
    .array(z.unknown())
    .parse(JSON.parse(execFileSync(process.execPath, args, { cwd: tmpdir(), env, encoding: 'utf8' })));
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

describe('routes', () => {
  let answers: Map<string, unknown>;
  beforeAll(() => {
    const calls = routes.map(({ routeKey, functionName }) => ({
      functionName,
      event: fakeEvent({ routeKey, authorizer: undefined }),
    }));
    const inOrder = callAlone(calls);
    answers = new Map(routes.map(({ routeKey }, at) => [routeKey, inOrder[at]]));
  });

  it.each(routes)('$routeKey refuses an unknown caller from its bundle alone', ({ routeKey }) => {
    expect(answers.get(routeKey)).toMatchObject({ statusCode: 403 });
  });
});

it('join-user-group answers an event that is not its own from its bundle alone', () => {
  const event = { triggerSource: 'PostConfirmation_ConfirmForgotPassword', userName: 'someone' };
  expect(callAlone([{ functionName: 'join-user-group', event }])).toEqual([event]);
});

it('authorize refuses a bad token from its bundle alone', () => {
  const { routeKey, requestContext } = fakeEvent({ routeKey: 'GET /products' });
  const event = { routeKey, requestContext, identitySource: ['Bearer not-a-token', routeKey] };
  const pool = {
    TOKEN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/pool',
    USER_POOL_CLIENT_ID: 'client',
    CONSOLE_CLIENT_ID: 'console',
  };
  expect(callAlone([{ functionName: 'authorize', event }], pool)).toEqual([{ isAuthorized: false }]);
});

it('console shows its page from its package alone', () => {
  const files = functions.find(({ name }) => name === 'console')?.files ?? {};
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-console-'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), content);
  }
  const address = 'https://api.example.com';
  const call = { functionName: 'console', event: fakeEvent({ routeKey: 'GET /console' }) };
  const [answer] = callAlone([call], {
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
