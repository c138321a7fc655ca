/** `npm run bench`: runs every section one after the other, prints the report and writes it to docs/benchmarks.md. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { projectRoot } from '../deployment/service';
import { markdownTable } from '../test/support/markdown-table';
import { bundles } from './bundles';
import { coldStart } from './cold-start';
import { contention } from './contention';
import { cost } from './cost';
import { growth } from './growth';
import { localStack } from './local-stack';
import { isTrial, type Bar, type Section } from './section';
import { warm } from './warm';

/** In the order of the report. */
const sections: (() => Promise<Section>)[] = [coldStart, warm, contention, growth, cost, localStack, bundles];

const intro = `What \`npm run bench\` has measured. Handlers run as they are deployed, on the embedded database of the local stack. Compare
ratios rather than times: rounds are interleaved, and each figure is the median of its rounds.

- \`bare-put\`, \`bare-create\`, \`bare-get\` and \`bare-query\` are handlers over \`lib-dynamodb\` without validation, access check or
  log. \`bare-create\` writes what \`create-product\` writes, in the same transaction. They share the settings of serverless.yml for
  their bundles (CommonJS, minified, target, \`mainFields\`), but not what it [replaces or leaves out](decisions/0005-bundles.md)
  of the SDK.
- \`floor\` makes the same write as \`bare-put\` without any SDK, signed by hand.`;

async function run(): Promise<void> {
  const results: Section[] = [];
  for (const section of sections) {
    console.error(`${section.name} …`);
    results.push(await section());
  }
  const bars = results.flatMap((section) => section.bars ?? []);
  const parts = ['# Benchmarks', machine(), intro, '## Bars', markdownTable(barTable(bars)), ...results.map(show)];
  const report = await format(parts.join('\n\n'), { parser: 'markdown', printWidth: 120 });
  console.log(report);
  if (!isTrial) writeFileSync(path.join(projectRoot, 'docs', 'benchmarks.md'), report);
}

const machine = () =>
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, ` +
  `Node ${process.versions.node}.`;

const show = ({ title, text, rows }: Section) => `## ${title}\n\n${text}\n\n${markdownTable(rows)}`;

function barTable(bars: Bar[]): string[][] {
  const rows = bars.map(({ what, bar, stretch, measured, atLeast = false }) => {
    const holds = (limit: number) => (atLeast ? measured >= limit : measured <= limit);
    const sign = atLeast ? '≥' : '≤';
    const met = !holds(bar) ? 'no' : stretch !== undefined && holds(stretch) ? 'yes, and the stretch' : 'yes';
    return [what, `${sign} ${bar}`, stretch === undefined ? '' : `${sign} ${stretch}`, measured.toFixed(2), met];
  });
  return [['', 'bar', 'stretch', 'measured', 'met'], ...rows];
}

void run();
