/** docs/benchmarks.md: its parts, and the file, whose last section is written by a command of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { projectRoot } from '../deployment/service';
import { markdownTable } from '../test/support/markdown-table';
import { isTrial, type Bar, type Section } from './section';

const file = path.join(projectRoot, 'docs', 'benchmarks.md');
const millionTitle = '## A million products\n';

/** What was measured when, and on what. */
export const machine = () =>
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, ` +
  `Node ${process.versions.node}.`;

export const show = ({ title, text, rows }: Section) => `## ${title}\n\n${text}\n\n${markdownTable(rows)}`;

export function barTable(bars: Bar[]): string {
  const rows = bars.map(({ what, bar, stretch, measured, atLeast = false }) => {
    const holds = (limit: number) => (atLeast ? measured >= limit : measured <= limit);
    const sign = atLeast ? '≥' : '≤';
    const met = !holds(bar) ? 'no' : stretch !== undefined && holds(stretch) ? 'yes, and the stretch' : 'yes';
    return [what, `${sign} ${bar}`, stretch === undefined ? '' : `${sign} ${stretch}`, measured.toFixed(2), met];
  });
  return markdownTable([['', 'bar', 'stretch', 'measured', 'met'], ...rows]);
}

/** Prints the report, and writes it to the file where it is no trial. */
export async function report(parts: string[]): Promise<void> {
  const text = await format(parts.join('\n\n'), { parser: 'markdown', printWidth: 120 });
  console.log(text);
  if (!isTrial) writeFileSync(file, text);
}

/** The section of the file that is about a million products, as it stands. */
export function readMillion(): string {
  const [, million] = readFileSync(file, 'utf8').split(millionTitle);
  return million === undefined ? '' : `${millionTitle}${million}`;
}

/** Puts another section in its place. */
export async function reportMillion(parts: string[]): Promise<void> {
  const [others = ''] = readFileSync(file, 'utf8').split(millionTitle);
  await report([others, millionTitle, ...parts]);
}
