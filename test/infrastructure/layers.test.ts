/** Lint stops imports against the direction of a request. */
import { execFileSync } from 'node:child_process';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';

type Import = [file: string, specifier: string];

const refused: Import[] = [
  ['functions/get-product.ts', '../src/catalog/product-store'],
  ['functions/get-product.ts', '../src/dynamodb/client'],
  ['functions/get-product.ts', '@aws-sdk/lib-dynamodb'],
  ['src/http/endpoint.ts', '../catalog/product'],
  ['src/http/endpoint.ts', '../dynamodb/client'],
  ['src/access/caller.ts', '../http/problem'],
  ['src/catalog/product-operations.ts', '../dynamodb/read'],
  ['src/catalog/product-operations.ts', '../access/caller'],
  ['src/catalog/product-operations.ts', './category-operations'],
  ['src/catalog/product-store.ts', './product-operations'],
  ['src/catalog/product-store.ts', '@aws-sdk/lib-dynamodb'],
  ['src/catalog/product.ts', './product-store'],
  ['src/catalog/product.ts', '../config'],
  ['src/dynamodb/read.ts', '../catalog/product'],
  ['src/errors.ts', './config'],
  ['src/log.ts', './errors'],
  ['src/catalog/product-operations.ts', '../log'],
];

const allowed: Import[] = [
  ['functions/get-product.ts', '../src/catalog/product-operations'],
  ['src/http/endpoint.ts', '../access/caller'],
  ['src/access/join-user-group.ts', '../config'],
  ['src/access/lambda-authorizer.ts', '../log'],
  ['src/http/endpoint.ts', '../log'],
  ['src/log.ts', './config'],
  ['src/catalog/product-operations.ts', './product-store'],
  ['src/catalog/product-store.ts', '../dynamodb/read'],
  ['src/catalog/product.ts', './text'],
  ['src/dynamodb/read.ts', './client'],
];

// A process of its own, because ESLint loads its configuration in a way that Jest's sandbox does not allow.
const lintAll = `
  import { ESLint } from 'eslint';
  const eslint = new ESLint({
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const verdicts = [];
  for (const [filePath, specifier] of JSON.parse(process.argv[1])) {
    const [result] = await eslint.lintText("import '" + specifier + "';", { filePath });
    verdicts.push(result.messages.map(({ ruleId }) => ruleId));
  }
  console.log(JSON.stringify(verdicts));`;

const cases = [...refused, ...allowed];
const output = execFileSync(process.execPath, ['--input-type=module', '-e', lintAll, JSON.stringify(cases)], {
  cwd: projectRoot,
  encoding: 'utf8',
});
const verdicts = z.array(z.array(z.nullable(z.string()))).parse(JSON.parse(output));
const verdictOn = (file: string, specifier: string) =>
  verdicts[cases.findIndex((searched) => searched[0] === file && searched[1] === specifier)];

it.each(refused)('%s may not import %s', (file, specifier) => {
  expect(verdictOn(file, specifier)).toEqual(['no-restricted-imports']);
});

it.each(allowed)('%s may import %s', (file, specifier) => {
  expect(verdictOn(file, specifier)).toEqual([]);
});
