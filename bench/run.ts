/** `npm run bench`: runs every section one after the other, prints the report and writes it to docs/benchmarks.md. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../local/service';
import { markdownTable } from '../test/support/markdown-table';
import type { Section } from './section';

/** In the order of the report. */
const sections: (() => Promise<Section>)[] = [
  // coldStart,
  // warm,
  // growth,
  // cost,
  // localStack,
  // bundles,
];

async function run(): Promise<void> {
  const results: Section[] = [];
  for (const section of sections) results.push(await section());
  const report = ['# Benchmarks', machine(), ...results.map(show)].join('\n\n') + '\n';
  console.log(report);
  writeFileSync(path.join(projectRoot, 'docs', 'benchmarks.md'), report);
}

const machine = () =>
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'an unknown CPU'}, ${cpus().length} cores, ` +
  `Node ${process.version}.`;

const show = ({ title, text, rows }: Section) => `## ${title}\n\n${text}\n\n${markdownTable(rows)}`;

void run();
