/** Part of `npm run check`: every recommended rule for OpenAPI documents, and a warning fails as an error does. */
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';
import { documentFile } from './write';

export async function main(): Promise<void> {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lint({ ref: documentFile, config });
  formatProblems(problems, { totals: getTotals(problems), version: '' });
  if (problems.length > 0) process.exitCode = 1;
}
