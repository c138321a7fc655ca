/* eslint-disable max-lines -- One table with a row for each folder: what may import what is seen at a glance. */
// Which of our own files each file may import, beside packages: held by lint (eslint.config.mjs), shown in CONTRIBUTING.md.
import path from 'node:path';

const schemas = 'src/catalog/!(*-operations|*-store)';

/** What more than two folders rest on. */
const records = ['src/catalog/*-store', schemas, 'src/dynamodb/*'];
const surroundings = ['src/deadline', 'src/errors', 'src/config', 'src/log'];
const localGround = ['local/loopback/*', 'local/processes/*', 'local/*'];

/**
 * Folders from top to bottom, and under each what its files may import. A request goes one way: functions, http, access,
 * operation, store, dynamodb. Commands and the local stack stand on `deployment`. `*` is a name within a folder.
 */
export const importRules = {
  'functions/*.ts': [
    'src/http/*',
    'src/access/*',
    'src/bulk/operations',
    'src/bulk/rows',
    'src/changes/*',
    'src/events/publish',
    'src/search/*',
    'src/console/console',
    'src/config',
    'src/tree/*',
    'src/users/*',
    'src/images/*',
    'src/sweep/sweep',
    'src/catalog/*-operations',
    'src/catalog/product',
    'src/catalog/product-changes',
    'src/catalog/product-parameters',
    'src/catalog/category',
    'src/catalog/history-query',
  ],
  'src/http/*.ts': ['src/http/*', 'src/access/*', ...surroundings, 'src/normalization'],
  'src/console/*.ts': [
    'src/console/*',
    'src/http/event',
    'src/access/policy',
    'src/aws/object-store',
    'src/code-flow',
    'src/sign-headers',
    'src/config',
    'src/log',
  ],
  'src/access/*.ts': ['src/access/*', 'src/errors', 'src/config', 'src/log'],
  'src/bulk/*.ts': [
    'src/bulk/*',
    'src/images/image',
    'src/images/image-parameters',
    ...records,
    'src/http/validation',
    'src/errors',
    'src/payload',
  ],
  'src/search/*.ts': ['src/search/*', 'src/changes/*', ...records, 'src/aws/*', ...surroundings],
  'src/events/*.ts': [
    'src/events/*',
    'src/images/shown',
    'src/changes/*',
    ...records,
    'src/aws/*',
    'src/side-by-side',
    ...surroundings,
  ],
  'src/changes/{change-key,shard}.ts': [],
  'src/changes/!(change-key|shard).ts': ['src/changes/*', ...records, 'src/errors'],
  'src/users/{user,parameters}.ts': ['src/access/policy', 'src/catalog/page-limit'],
  'src/users/pool.ts': ['src/users/user'],
  'src/users/!(user|parameters|pool).ts': [
    'src/users/*',
    'src/access/policy',
    'src/aws/bounded-tries',
    'src/side-by-side',
    ...surroundings,
  ],
  // What a picture is belongs to what a product is; all else of pictures stands on the catalogue.
  'src/images/bounds.ts': [],
  'src/images/image.ts': ['src/images/bounds', 'src/errors'],
  'src/images/image-parameters.ts': ['src/images/bounds', 'src/images/image', 'src/catalog/text'],
  'src/images/!(bounds|image*).ts': [
    'src/images/*',
    'src/changes/change-key',
    ...records,
    'src/aws/*',
    ...surroundings,
  ],
  'src/sweep/*.ts': ['src/sweep/*', 'src/images/*', 'src/changes/*', ...records, 'src/side-by-side', ...surroundings],
  'src/tree/*.ts': ['src/tree/*', ...records, 'src/side-by-side', 'src/errors'],
  'src/catalog/*-operations.ts': ['src/catalog/*-store', schemas, 'src/images/image', 'src/errors'],
  'src/catalog/*-store.ts': [
    'src/catalog/*-store',
    schemas,
    'src/images/image',
    'src/changes/change-key',
    'src/dynamodb/*',
    'src/errors',
  ],
  [`${schemas}.ts`]: [
    schemas,
    'src/images/image',
    'src/images/image-parameters',
    'src/changes/change-key',
    'src/errors',
    'src/normalization',
  ],
  'src/dynamodb/*.ts': [
    'src/dynamodb/*',
    'src/aws/bounded-tries',
    'src/deadline',
    'src/errors',
    'src/payload',
    'src/config',
  ],
  'src/aws/*.ts': ['src/aws/*', 'src/deadline', 'src/errors', 'src/sign-headers'],
  'src/log.ts': ['src/config'],
  'src/!(log).ts': [],

  'console/*.{ts,tsx}': [
    'console/*',
    'console/api/*',
    'console/ui/*',
    'console/products/*',
    'console/pictures/*',
    'console/categories/*',
    'console/history/*',
    'console/users/*',
    'console/files/*',
  ],
  'console/products/*.{ts,tsx}': [
    'console/products/*',
    'console/pictures/*',
    'console/history/*',
    'console/files/*',
    'console/ui/*',
    'console/api/*',
    'src/catalog/currencies',
    'src/catalog/ulid',
  ],
  'console/pictures/*.{ts,tsx}': ['console/pictures/*', 'console/ui/*', 'console/api/*', 'src/images/bounds'],
  'console/categories/*.tsx': ['console/categories/*', 'console/files/*', 'console/ui/*', 'console/api/*'],
  'console/history/*.{ts,tsx}': ['console/history/*', 'console/ui/*', 'console/api/*'],
  'console/users/*.{ts,tsx}': ['console/users/*', 'console/ui/*', 'console/api/*', 'src/access/policy'],
  // The same reading of files, and the same import, at the console and at the command line.
  'console/files/*.{ts,tsx}': [
    'console/files/*',
    'console/ui/*',
    'console/api/*',
    'cli/catalog/files/*',
    'cli/catalog/api/*',
    'cli/catalog/import',
    'cli/catalog/*-importer',
  ],
  'console/ui/*.{ts,tsx}': ['console/ui/*', 'console/api/*', 'src/catalog/currencies'],
  'console/api/*.ts': ['console/api/*', 'deployment/api-types'],

  'command/*.js': ['command/*', 'package.json'],

  'deployment/*.ts': [
    'src/changes/change-key',
    'src/changes/shard',
    'deployment/*',
    'src/access/*',
    'src/users/pool',
    'src/users/user',
    'src/aws/service-host',
    'src/code-flow',
    'src/sign-headers',
    'resources/service-file',
  ],

  'upgrade/*.ts': ['upgrade/*', 'deployment/*', 'src/aws/service-host'],

  'cli/*.ts': [
    'cli/*',
    'cli/login/*',
    'cli/users/*',
    'cli/catalog/*',
    'cli/catalog/api/*',
    'cli/catalog/files/*',
    'cli/events/*',
    'cli/restore-table/*',
    'deployment/*',
  ],
  'cli/restore-table/*.ts': ['cli/restore-table/*', 'deployment/*'],
  'cli/events/*.ts': [
    'cli/events/*',
    'deployment/*',
    'src/changes/change-key',
    'src/changes/shard',
    'src/changes/parameters',
  ],
  'cli/users/*.ts': ['cli/users/*', 'deployment/*'],
  'cli/login/*.ts': ['cli/login/*', 'deployment/*'],
  'cli/catalog/*.ts': [
    'cli/catalog/*',
    'cli/catalog/api/*',
    'cli/catalog/files/*',
    'deployment/*',
    schemas,
    'src/search/question',
    'src/errors',
    'src/http/validation',
  ],
  'cli/catalog/api/*.ts': ['cli/catalog/api/*', 'cli/catalog/rejection', 'deployment/*'],
  'cli/catalog/files/*.ts': [
    'cli/catalog/files/*',
    'cli/catalog/rejection',
    'deployment/*',
    'src/images/image',
    'src/images/image-parameters',
    schemas,
  ],

  'local/{start,settings}.ts': [
    'local/stack/*',
    'local/seed/*',
    'local/cognito/*',
    'local/s3/*',
    'local/processes/*',
    'local/*',
    'deployment/*',
  ],
  'local/stack/*.ts': [
    'local/stack/*',
    'command/bundle',
    'command/page',
    'local/cognito/*',
    'local/database/*',
    'local/events/*',
    'local/identity-pool/*',
    'local/s3/*',
    ...localGround,
    'deployment/*',
    'resources/*',
  ],
  'local/aws-json/*.ts': ['local/aws-json/*', 'deployment/*'],
  'local/seed/*.ts': ['local/seed/*', 'local/processes/*', 'deployment/*'],
  'local/gateway/*.ts': [
    'local/gateway/*',
    'local/loopback/*',
    'local/docs/*',
    'local/identity-pool/*',
    'local/iam/*',
    'local/*',
    'deployment/*',
    'resources/*',
    'src/access/*',
  ],
  'local/docs/*.ts': ['local/docs/*', 'local/*', 'deployment/*'],
  'local/identity-pool/*.ts': [
    'local/identity-pool/*',
    'local/iam/*',
    'local/aws-json/*',
    ...localGround,
    'src/access/*',
    'deployment/*',
  ],
  'local/iam/*.ts': ['local/iam/*', 'deployment/*', 'src/sign-headers'],
  'local/cognito/*.ts': [
    'local/cognito/*',
    'local/cognito/hosted-ui/*',
    'local/cognito/operations/*',
    'local/aws-json/*',
    ...localGround,
    'deployment/*',
    'src/access/*',
  ],
  'local/cognito/hosted-ui/*.ts': [
    'local/cognito/hosted-ui/*',
    'local/cognito/operations/sign-in',
    'local/cognito/*',
    'local/aws-json/*',
  ],
  'local/cognito/operations/*.ts': [
    'local/cognito/operations/*',
    'local/cognito/*',
    'local/aws-json/*',
    'deployment/*',
  ],
  'local/s3/*.ts': ['local/s3/*', 'local/iam/*', ...localGround, 'deployment/*', 'resources/*'],
  'local/database/*.ts': ['local/database/*', ...localGround, 'deployment/*'],
  'local/events/*.ts': [
    'local/events/*',
    'deployment/*',
    ...localGround,
    'src/changes/follower',
    'src/changes/change-key',
    'src/changes/shard',
  ],
  'local/loopback/*.ts': ['local/loopback/*', 'local/processes/*'],
  'local/processes/*.{ts,mjs}': ['local/processes/*', 'deployment/answer'],
  'local/!(start|settings).ts': ['deployment/*'],

  'openapi/*.ts': [
    'openapi/*',
    'package.json',
    'src/bulk/rows',
    'src/changes/*',
    'src/events/event',
    'src/search/*',
    'src/tree/*',
    'src/users/*',
    'src/images/*',
    'src/http/*',
    'src/access/*',
    schemas,
    'src/errors',
  ],
  'postman/*.ts': ['postman/*', 'deployment/*'],
  'resources/*.js': ['resources/*', 'command/page', 'src/access/policy.ts', 'src/access/policy-faults.ts'],
};

/** The specifiers that a rule allows, as one regular expression. */
export function allowedSpecifiers(files, targets) {
  const folder = path.posix.dirname(files.replace(/\{.*$|!\(.*$/, 'x'));
  return targets.map((target) => pattern(path.posix.relative(folder, target))).join('|') || '(?!)';
}

function pattern(relative) {
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  return specifier
    .replaceAll('.', String.raw`\.`)
    .replace(/!\(([^)]*)\)/, (_, names) => String.raw`(?!(?:${names})$)*`)
    .replaceAll('*', String.raw`[\w.-]+`);
}
