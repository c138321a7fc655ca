// Lint: strict, type-aware rules, and who may import whom.
import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const ownFolder = String.raw`\./[\w-]+`;
const schemas = String.raw`\./(?![\w-]+-(?:operations|store)$)[\w-]+`;

/** Files, and the relative imports they may have. A request goes one way: functions, http, access, operation, store, dynamodb. */
const layers = [
  [
    'functions/*.ts',
    String.raw`\.\./src/(?:http|access)/[\w-]+|\.\./src/catalog/(?:product|category|history|[\w-]+-operations)`,
  ],
  ['src/http/*.ts', String.raw`${ownFolder}|\.\./access/[\w-]+|\.\./(?:errors|config)`],
  ['src/access/*.ts', String.raw`${ownFolder}|\.\./(?:errors|config)`],
  ['src/catalog/*-operations.ts', String.raw`${schemas}|\./[\w-]+-store|\.\./errors`],
  ['src/catalog/*-store.ts', String.raw`${schemas}|\./[\w-]+-store|\.\./dynamodb/[\w-]+|\.\./errors`],
  ['src/catalog/!(*-operations|*-store).ts', String.raw`${schemas}|\.\./errors`],
  ['src/dynamodb/*.ts', String.raw`${ownFolder}|\.\./(?:errors|config)`],
  ['src/*.ts', String.raw`(?!)`],
];

/** The catalogue knows no event, no status code, no claim and no SDK. */
const awsPackages = {
  regex: '^(?:@aws-sdk|@smithy|@aws-lambda-powertools|aws-lambda)',
  message: 'AWS is reached through dynamodb, access and http alone.',
};

export default defineConfig(
  { ignores: ['.local', '.esbuild', '.serverless', 'coverage'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
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
      // Marked as deprecated only to be conspicuous, as its documentation says.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'oauth4webapi', name: 'allowInsecureRequests' }] },
      ],
    },
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
  ...layers.map(([files, allowed]) => ({
    files: [files],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: `^(?=\\.)(?!(?:${allowed})$)`, message: 'See the layers in eslint.config.mjs.' },
            ...(files.startsWith('src/catalog') || files.startsWith('functions') ? [awsPackages] : []),
          ],
        },
      ],
    },
  })),
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
      },
    },
  },
  prettier,
);
