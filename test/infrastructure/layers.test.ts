/** Lint stops imports against the direction of a request, and between rooms that have nothing to do with each other. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { markdownTable } from '../support/markdown-table';

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
  ['deployment/api.ts', '../cli/caller'],
  ['deployment/service.ts', '../local/account'],
  ['cli/call.ts', '../local/stack/stack'],
  ['cli/catalog/files/rows.ts', '../api/client'],
  ['cli/catalog/api/upsert.ts', '../files/row'],
  ['local/stack/stack.ts', '../gateway/gateway'],
  ['local/gateway/gateway.ts', '../stack/stack'],
  ['local/iam/signature.ts', '../identity-pool/settings'],
  ['local/cognito/user-pool.ts', '../database/table'],
  ['local/seed/seed.ts', '../../cli/caller'],
  ['openapi/document.ts', '../src/catalog/product-store'],
  ['postman/run.ts', '../local/account'],
  ['resources/operations.js', '../src/config'],
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
  ['deployment/hosted-ui.ts', '../src/access/token-verifier'],
  ['cli/catalog/export.ts', './files/layout'],
  ['cli/catalog/files/cells.ts', '../rejection'],
  ['local/start.ts', './stack/stack'],
  ['local/gateway/iam-authorizer.ts', '../iam/signature'],
  ['local/seed/seed.ts', './catalogue'],
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
  const { importRules } = await import('./import-rules.mjs');
  const folders = JSON.parse(process.argv[2]);
  const ruled = await Promise.all(folders.map(async (file) => {
    const { rules } = await eslint.calculateConfigForFile(file);
    return 'no-restricted-imports' in rules;
  }));
  console.log(JSON.stringify({ verdicts, importRules, unruled: folders.filter((_, position) => !ruled[position]) }));`;

const cases = [...refused, ...allowed];
const sources = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], { cwd: projectRoot, encoding: 'utf8' })
  .trim()
  .split('\n')
  // These stand on everything else, and nothing stands on them.
  .filter((file) => file.includes('/') && !/^(?:test|bench)\//.test(file) && !file.endsWith('.d.ts'));
const output = execFileSync(
  process.execPath,
  ['--input-type=module', '-e', lintAll, JSON.stringify(cases), JSON.stringify(sources)],
  { cwd: projectRoot, encoding: 'utf8' },
);
const { verdicts, importRules, unruled } = z
  .object({
    verdicts: z.array(z.array(z.nullable(z.string()))),
    importRules: z.record(z.string(), z.array(z.string())),
    unruled: z.array(z.string()),
  })
  .parse(JSON.parse(output));
const verdictOn = (file: string, specifier: string) =>
  verdicts[cases.findIndex((searched) => searched[0] === file && searched[1] === specifier)];

it.each(refused)('%s may not import %s', (file, specifier) => {
  expect(verdictOn(file, specifier)).toEqual(['no-restricted-imports']);
});

it.each(allowed)('%s may import %s', (file, specifier) => {
  expect(verdictOn(file, specifier)).toEqual([]);
});

it('every file outside tests and benchmarks has a rule', () => {
  expect(unruled).toEqual([]);
});

it('CONTRIBUTING.md shows the rules as they are', () => {
  const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
  const rows = Object.entries(importRules).map(([files, targets]) => [
    code(files),
    targets.map(code).join(', ') || 'nothing of ours',
  ]);
  const table = markdownTable([['Files', 'May import'], ...rows]);
  expect(readFileSync(path.join(projectRoot, 'CONTRIBUTING.md'), 'utf8')).toContain(table);
});
