// Lint: strict, type-aware rules, and who may import whom.
import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { allowedSpecifiers, importRules } from './import-rules.mjs';

/** The catalogue knows no event, no status code, no claim and no SDK. */
const awsPackages = {
  regex: '^(?:@aws-sdk|@smithy|aws-lambda)',
  message: 'AWS is reached through dynamodb, access and http alone.',
};

export default defineConfig(
  // The scripts of clients stand on what is generated: `npm run test:clients` compiles them.
  {
    ignores: ['.local', '.esbuild', '.serverless', 'coverage', 'test/clients/typescript', 'deployment/api-types.d.ts'],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // To leave fields out of an object is to name them.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // A parameter may name the shape of what comes from outside, as in `getItem`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The first is marked as deprecated only to be conspicuous, as its documentation says.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: [
            { from: 'package', package: 'oauth4webapi', name: 'allowInsecureRequests' },
            // Deprecated in favour of aws-amplify, and what many web applications have.
            {
              from: 'package',
              package: 'amazon-cognito-identity-js',
              name: ['AuthenticationDetails', 'CognitoUser', 'CognitoUserPool', 'CognitoUserSession'],
            },
          ],
        },
      ],
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // A longer file says in its first comment why it is one (test/infrastructure/long-files.test.ts).
    files: ['**/*.{ts,tsx,js,mjs}'],
    ignores: ['test/**'],
    rules: { 'max-lines': ['error', 150] },
  },
  {
    // One place keeps what comes from outside from steering the terminal.
    files: ['cli/**/*.ts', 'deployment/*.ts', 'local/**/*.ts', 'postman/*.ts'],
    ignores: ['deployment/terminal.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // Tests look into answers of every shape, and assert what they find there.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['test/**/*.test.ts'],
    // Puts its client back after each of its tests.
    ignores: ['test/unit/deployment/sign-in.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'aws-sdk-client-mock',
          message: 'test/support/mock-client.ts puts the client back for the next test file.',
        },
      ],
    },
  },
  ...Object.entries(importRules).map(([files, targets]) => ({
    files: [files],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?=\\.)(?!(?:${allowedSpecifiers(files, targets)})$)`,
              message: `See import-rules.mjs for what ${files} may import.`,
            },
            ...(files.startsWith('src/catalog') || files.startsWith('functions') ? [awsPackages] : []),
          ],
        },
      ],
    },
  })),
  {
    // The page at /docs of the local stack.
    files: ['local/docs/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        fetch: 'readonly',
        FormData: 'readonly',
        SwaggerUIBundle: 'readonly',
      },
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        __filename: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  prettier,
);
